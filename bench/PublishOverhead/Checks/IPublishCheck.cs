namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Makes sure that a publish does what its variant is named for, so that no figure stands for work that was not done.</summary>
internal interface IPublishCheck
{
    /// <summary>Is called before each publish; its time is not measured.</summary>
    void Begin();

    /// <summary>Is called after each publish; its time is not measured.</summary>
    /// <exception cref="InvalidOperationException">The publish did something else; the message says what was expected and what was found.</exception>
    void End();
}
