using System.Buffers.Binary;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

/// <summary>A publish as a list shows it.</summary>
internal sealed record PublishLine
{
    /// <summary>The fields that it is made of, in the order of <see cref="Of(PublishEntry)"/>; the dimensions follow.</summary>
    private static readonly ReportField[] Own =
    [
        ReportField.Of(OutcomeFields.Error), ReportField.Of(OutcomeFields.Direction),
        ReportField.Of(DerivedField.PullType), ReportField.Of(DerivedField.PushType),
        ReportField.Of(DetailFields.Duration), ReportField.Of(IdentityFields.ProjectId), ReportField.Of(SurroundingsFields.CiProvider),
    ];

    public required Guid Id { get; init; }

    /// <summary>The time of its end, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Its error and direction; empty for a success.</summary>
    public required string Error { get; init; }

    public required string Route { get; init; }

    /// <summary>In milliseconds; null where it is not known.</summary>
    public required long? Duration { get; init; }

    /// <summary>The project's pseudonym; null for none.</summary>
    public required string? Project { get; init; }

    /// <summary>The CI service; empty for none.</summary>
    public required string Ci { get; init; }

    public required IReadOnlyList<string> Dimensions { get; init; }

    /// <summary>The end of its id, which differs between publishes of a list. The beginning is the time.</summary>
    public string ShortId
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Id.TryWriteBytes(bytes, bigEndian: true, out _);
            return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]).ToString("x8", CultureInfo.InvariantCulture);
        }
    }

    public static IReadOnlyList<ReportField> Fields(IEnumerable<string> dimensions) => [.. Own, .. dimensions.Select(ReportField.OfDimension)];

    /// <summary>Creates one from an entry that was read with <see cref="Fields"/>.</summary>
    public static PublishLine Of(PublishEntry entry) => new()
    {
        Id = entry.Id,
        Time = entry.Time,
        Outcome = entry.Outcome,
        Error = ErrorOf(entry.Outcome, (string?)entry.Values[0], (string?)entry.Values[1]),
        Route = EventText.Route((string?)entry.Values[2], (string?)entry.Values[3]),
        Duration = entry.Values[4] is long duration ? duration : null,
        Project = (string?)entry.Values[5],
        Ci = CiOf((string?)entry.Values[6]),
        Dimensions = [.. entry.Values.Skip(Own.Length).Select(static value => (string?)value ?? "")],
    };

    /// <summary>Creates one from the event that ended a publish; null for another event.</summary>
    public static PublishLine? Of(StoredEvent stored)
    {
        if (!stored.IsOfPublish || !stored.EndsPublish || stored.PublishId is not { } id)
        {
            return null;
        }

        ContainerEvent end = stored.Event;
        string outcome = end.Find(DetailFields.Outcome) as string ?? "";
        return new PublishLine
        {
            Id = id,
            Time = stored.Time,
            Outcome = outcome,
            Error = ErrorOf(outcome, end.Find(OutcomeFields.Error) as string, end.Find(OutcomeFields.Direction) as string),
            Route = EventText.Route(end),
            Duration = end.Find(DetailFields.Duration) is long duration ? duration : null,
            Project = end.Find(IdentityFields.ProjectId) as string,
            Ci = CiOf(end.Find(SurroundingsFields.CiProvider) as string),
            Dimensions = [.. end.Dimensions.Select(static dimension => dimension.Value)],
        };
    }

    // A canceled publish has no other error.
    private static string ErrorOf(string outcome, string? error, string? direction) =>
        outcome != "error" || error is null ? "" : direction is null ? error : $"{error} on {direction}";

    private static string CiOf(string? provider) => provider is null or "None" ? "" : provider;
}
