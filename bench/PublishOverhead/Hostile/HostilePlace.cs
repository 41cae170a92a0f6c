namespace Containers.Telemetry.PublishOverhead.Hostile;

/// <summary>Where a publish runs. Each place has a budget of its own.</summary>
internal enum HostilePlace
{
    /// <summary>At a desk, where somebody waits.</summary>
    Desk,

    /// <summary>In continuous integration.</summary>
    Ci,
}
