namespace Containers.Telemetry.Settings;

/// <summary>A setting that cannot be used. The setting is ignored and the publish goes on.</summary>
/// <param name="Code">The diagnostic code, such as <c>CTEL0008</c>; docs/diagnostics.md lists them.</param>
/// <param name="Text">What is wrong with which setting, what values it takes, and what applies instead. Never the value itself, which may be a secret.</param>
public sealed record SettingProblem(string Code, string Text);
