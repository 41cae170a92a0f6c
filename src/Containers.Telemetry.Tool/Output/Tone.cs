namespace Containers.Telemetry.Tool.Output;

/// <summary>The tone of a text. A terminal may show it by a colour; the text never depends on that.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}
