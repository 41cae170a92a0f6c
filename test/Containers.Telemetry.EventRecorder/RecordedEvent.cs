using System.Text.Json;
using System.Text.Json.Serialization;

namespace Containers.Telemetry.EventRecorder;

/// <summary>One event of a build, as a JSON object on a line of a record file.</summary>
/// <remarks>A member without a meaning for the kind of event is absent from the line.</remarks>
public sealed record RecordedEvent
{
    /// <summary>The global property that names the publish a project belongs to, where one build runs several publishes.</summary>
    public const string PublishProperty = "TestPublish";

    private static readonly RecordedEventJson Json = new(new JsonSerializerOptions
    {
        Converters = { new JsonStringEnumConverter<RecordedKind>() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public required RecordedKind Kind { get; init; }

    /// <summary>Name of the telemetry event, target, task or loaded assembly, or the item type of a parameter.</summary>
    public string? Name { get; init; }

    /// <summary>The rendered message, in the language of the build.</summary>
    public string? Text { get; init; }

    /// <summary>Code of a warning, an error or a coded message, such as <c>MSB4018</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Importance of a message: <c>High</c>, <c>Normal</c> or <c>Low</c>.</summary>
    public string? Importance { get; init; }

    /// <summary>The task, or the component of MSBuild, that logged the event.</summary>
    public string? Sender { get; init; }

    /// <summary>The file that a warning or an error refers to, or that declares a target or a task.</summary>
    public string? File { get; init; }

    /// <summary>Path of the project file.</summary>
    public string? Project { get; init; }

    /// <summary>Path of the assembly that was loaded or that contains the task.</summary>
    public string? Assembly { get; init; }

    /// <summary>Value of <see cref="PublishProperty"/> in the project that raised the event; null in projects without it.</summary>
    public string? Publish { get; init; }

    /// <summary>Outcome of a project, a target, a task or the build.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>Properties of a telemetry event, with a null value kept as null.</summary>
    public IReadOnlyDictionary<string, string?>? Properties { get; init; }

    /// <remarks>Skips a last line that a killed build has not completed.</remarks>
    /// <exception cref="JsonException">A line other than the last is not an event.</exception>
    public static IReadOnlyList<RecordedEvent> Read(string path)
    {
        string content = System.IO.File.ReadAllText(path);
        var events = new List<RecordedEvent>();
        foreach (var line in content.AsSpan(0, content.LastIndexOf('\n') + 1).EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                events.Add(Parse(line));
            }
        }

        return events;
    }

    internal byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json.RecordedEvent), (byte)'\n'];

    private static RecordedEvent Parse(ReadOnlySpan<char> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Json.RecordedEvent)!;
        }
        catch (JsonException e)
        {
            throw new JsonException($"This line of a record is no event: {line}", e);
        }
    }
}

[JsonSerializable(typeof(RecordedEvent))]
internal sealed partial class RecordedEventJson : JsonSerializerContext;
