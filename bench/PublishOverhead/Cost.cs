namespace Containers.Telemetry.PublishOverhead;

/// <summary>The cost of one publish.</summary>
/// <param name="Wall">Its elapsed time.</param>
/// <param name="Cpu">User and system time of all its processes.</param>
/// <param name="PeakMemory">The peak resident memory of its largest process, in bytes.</param>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Cpu, long PeakMemory);
