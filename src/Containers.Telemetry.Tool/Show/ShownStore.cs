using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Show;

/// <param name="folder">Full path of the folder of the events.</param>
internal sealed class ShownStore(ToolContext context, string folder, string[] sources) : IShownPublishes
{
    private const int LastGroup = 12;

    public string Name => "the store";

    /// <summary>Lines without the last of the digits are not parsed.</summary>
    public IEnumerable<StoredEvent> EventsOf(string digits)
    {
        byte[] searched = Encoding.UTF8.GetBytes(digits[Math.Max(0, digits.Length - LastGroup)..] + "\"");
        var events = new StoredEvents(folder);
        var seen = new HashSet<Guid>();
        StoredEvent[] found =
        [
            .. events.Read(line => line.AsSpan().IndexOf(searched) >= 0)
                .Where(stored => stored.PublishId is { } publish && publish.ToString("N").EndsWith(digits, StringComparison.Ordinal))
                .Where(stored => stored.EventId is not { } eventId || seen.Add(eventId)),
        ];
        ReadingNotes.Write(context.Terminal, events);
        return found;
    }

    public PublishList List(ListQuery query) => PublishList.Read(sources, query, null, context.Clock.GetUtcNow());
}
