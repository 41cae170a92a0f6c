namespace Containers.Telemetry.PublishOverhead.Checks;

/// <summary>Checks that a publish does the work of its variant, so that no figure is about work that was not done.</summary>
internal interface IPublishCheck
{
    /// <summary>Called before each publish; its time is not measured.</summary>
    void Begin();

    /// <summary>Called after each publish; its time is not measured.</summary>
    /// <exception cref="InvalidOperationException">The publish did other work; the message names the expected and the actual work.</exception>
    void End();
}
