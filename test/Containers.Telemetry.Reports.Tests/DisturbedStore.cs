using System.Globalization;
using System.Text.RegularExpressions;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>
/// A generated store with the disturbances of real ones: builds killed between two events, images that fail in parallel, publishes of several images
/// to Podman, which makes no index, and events that are repeated, reordered and spread over several files.
/// </summary>
internal static partial class DisturbedStore
{
    /// <summary>Writes the store.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="publishes">Number of publishes. Each has at least one event.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    public static void Write(string folder, int publishes, int seed)
    {
        GeneratedStore.Write(folder, publishes, seed);
        var random = new Random(seed);
        string[][] lines =
        [
            .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Distinct()
                .GroupBy(static line => PublishId().Match(line).Groups[1].Value)
                .Select(publish => Disturb([.. publish], random)),
        ];
        foreach (string file in Directory.EnumerateFiles(folder).ToArray())
        {
            File.Delete(file);
        }

        string[] all = [.. lines.SelectMany(static publish => publish), .. lines.SelectMany(static publish => publish).Where(_ => random.Next(5) == 0)];
        random.Shuffle(all);
        int split = random.Next(all.Length);
        File.WriteAllLines(Path.Combine(folder, "1.jsonl"), all[..split]);
        File.WriteAllLines(Path.Combine(folder, "2.jsonl"), all[split..]);
    }

    private static string[] Disturb(List<string> events, Random random)
    {
        string last = events[^1];
        if (IsIndex().IsMatch(last) && random.Next(2) == 0)
        {
            events[^1] = IsIndex().Replace(last, "$1image$2");
        }

        if (last.Contains("containers_telemetry.publish.error", StringComparison.Ordinal) && random.Next(2) == 0)
        {
            events.Insert(random.Next(1, events.Count + 1), OfAnotherImage(last, random));
        }

        int kept = random.Next(8) == 0 ? random.Next(1, events.Count + 1) : events.Count;
        return [.. events.Take(kept)];
    }

    // A second image that failed, but is not the publish's error. Its time is earlier or later and its id lower or higher.
    private static string OfAnotherImage(string error, Random random)
    {
        string other = EventId().Replace(error, match => match.Groups[1].Value + GeneratedPublish.RandomGuid(random));
        other = Ends().Replace(other, "$1false");
        other = ErrorType().Replace(other, "$1local_load");
        other = Duration().Replace(other, match => match.Groups[1].Value + random.Next(100_000).ToString(CultureInfo.InvariantCulture));
        long shift = random.Next(-2000, 2000) * 1_000_000_000L;
        return TimeUnixNano().Replace(
            other,
            match => match.Groups[1].Value + (long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) + shift).ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""containers_telemetry.publish.id","value":\{"stringValue":"([^"]+)""")]
    private static partial Regex PublishId();

    [GeneratedRegex("""("log.record.uid","value":\{"stringValue":")[^"]+""")]
    private static partial Regex EventId();

    [GeneratedRegex("""("containers_telemetry.publish.end","value":\{"boolValue":)true""")]
    private static partial Regex Ends();

    [GeneratedRegex("""("error.type","value":\{"stringValue":")[^"]+""")]
    private static partial Regex ErrorType();

    [GeneratedRegex("""("containers_telemetry.duration_ms","value":\{"intValue":")\d+""")]
    private static partial Regex Duration();

    [GeneratedRegex("""("containers_telemetry.scope","value":\{"stringValue":")index(")""")]
    private static partial Regex IsIndex();

    [GeneratedRegex("""("timeUnixNano":"|"observedTimeUnixNano":")(\d+)""")]
    private static partial Regex TimeUnixNano();
}
