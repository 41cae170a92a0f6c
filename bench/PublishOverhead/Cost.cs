namespace Containers.Telemetry.PublishOverhead;

/// <summary>What one publish took.</summary>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Cpu">User and system time of all its processes.</param>
/// <param name="PeakMemory">The most bytes that its largest process had resident.</param>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Cpu, long PeakMemory);
