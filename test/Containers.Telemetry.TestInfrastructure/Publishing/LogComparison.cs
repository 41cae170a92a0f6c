using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Compares two publishes of the same project, without and with a package, by what their user could notice.</summary>
/// <remarks>
/// The comparison covers the exit code and, in order, all warnings and errors and all messages of tasks, at any importance. It ignores MSBuild's own
/// messages, which are about imports, properties, targets and assemblies, and messages of tasks in the package's own targets. The order of projects
/// that are built in parallel is not stable: publish multi-arch images and solutions with <c>-m:1</c>. Each publish needs a registry of its own,
/// because a layer is not pushed twice.
/// </remarks>
public static class LogComparison
{
    private const string PackageTargetPrefix = "_ContainersTelemetry";

    /// <summary>Returns a text for each difference; none if the publishes are the same.</summary>
    /// <param name="without">The publish without the package.</param>
    /// <param name="with">The publish with the package.</param>
    /// <param name="isExpected">Whether an event of the publish with the package is expected.</param>
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

    // The Copy task copies several files at a time, and the SDK's registry client uploads several layers at a time.
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
            // A user sees every warning and error, whatever its source.
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
