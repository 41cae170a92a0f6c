using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>
/// Compares two publishes of the same project, as if a package were not there and with it, by what their users could notice.
/// </summary>
/// <remarks>
/// Compared are the exit code and, in order, all warnings and errors and all that tasks logged, at any importance. Left out
/// are MSBuild's own messages, which tell of imports, properties, targets and assemblies, and what tasks logged in the
/// package's own targets. The order between projects that are built in parallel is not stable: publish multi-arch images
/// and solutions with <c>-m:1</c>. Each publish needs a registry of its own, since a layer is not pushed twice.
/// </remarks>
public static class LogComparison
{
    private const string PackageTargetPrefix = "_ContainersTelemetry";

    /// <summary>Returns the differences, one text each; none if the publishes were the same.</summary>
    /// <param name="without">The publish without the package.</param>
    /// <param name="with">The publish with the package.</param>
    /// <param name="isExpected">Tells events of the publish with the package that are meant to be there.</param>
    public static IReadOnlyList<string> Compare(PublishResult without, PublishResult with, Func<RecordedEvent, bool>? isExpected = null)
    {
        var differences = new List<string>();
        if (without.ExitCode != with.ExitCode)
        {
            differences.Add($"Exit code: {without.ExitCode} without, {with.ExitCode} with.");
        }

        var before = Describe(without, without.Events);
        var after = Describe(with, isExpected is null ? with.Events : with.Events.Where(e => !isExpected(e)));
        differences.AddRange(LineDifference.Compute(before, after));
        return differences;
    }

    private static List<string> Describe(PublishResult result, IEnumerable<RecordedEvent> events)
    {
        var normalizer = new LogNormalizer(result);
        var lines = new List<string>();
        var unordered = new List<string>();
        foreach (var e in OutsideOfPackageTargets(events).Where(IsCompared))
        {
            var destination = IsLoggedInParallel(e) ? unordered : lines;
            if (destination == lines)
            {
                FlushUnordered();
            }

            destination.Add(normalizer.Normalize(Describe(e)));
        }

        FlushUnordered();
        return lines;

        void FlushUnordered()
        {
            unordered.Sort(StringComparer.Ordinal);
            lines.AddRange(unordered);
            unordered.Clear();
        }
    }

    // The Copy task copies files, and the SDK's registry client uploads layers, several at a time.
    private static bool IsLoggedInParallel(RecordedEvent e) =>
        e.Kind == RecordedKind.Message
        && (e.Sender == "Copy" || e.Text!.StartsWith("[Microsoft.NET.Build.Containers.Registry]", StringComparison.Ordinal));

    private static IEnumerable<RecordedEvent> OutsideOfPackageTargets(IEnumerable<RecordedEvent> events)
    {
        bool inside = false;
        foreach (var e in events)
        {
            bool isTarget = e.Kind is RecordedKind.TargetStarted or RecordedKind.TargetFinished
                && e.Name!.StartsWith(PackageTargetPrefix, StringComparison.Ordinal);
            if (isTarget)
            {
                inside = e.Kind == RecordedKind.TargetStarted;
            }
            // A warning or an error reaches the user wherever it comes from.
            else if (!inside || e.Kind is RecordedKind.Warning or RecordedKind.Error)
            {
                yield return e;
            }
        }
    }

    private static bool IsCompared(RecordedEvent e) => e.Kind switch
    {
        RecordedKind.Message => e.Sender is not (null or "" or "MSBuild"),
        RecordedKind.Error or RecordedKind.Warning => true,
        _ => false,
    };

    private static string Describe(RecordedEvent e) =>
        $"{e.Importance ?? e.Kind.ToString()} {e.Sender} {e.Code} {e.Text}";
}
