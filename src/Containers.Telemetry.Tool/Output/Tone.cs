namespace Containers.Telemetry.Tool.Output;

/// <summary>What a piece of text is to a person. A terminal may show it by a colour; the text never depends on that.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}
