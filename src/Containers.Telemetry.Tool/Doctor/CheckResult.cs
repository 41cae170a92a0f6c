namespace Containers.Telemetry.Tool.Doctor;

/// <param name="Name">What was checked: one word for scripts, such as <c>consent</c>.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="Fix">The remedy; null if none is needed.</param>
internal sealed record CheckResult(string Name, Verdict Verdict, string Text, string? Fix = null);
