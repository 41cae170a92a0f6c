using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Counts publishes. They have to be added user by user for the number of users to be right.</summary>
internal sealed class Tally
{
    private int _lastUser;

    public long Succeeded { get; private set; }

    public long Failed { get; private set; }

    public long Canceled { get; private set; }

    public long Users { get; private set; }

    /// <summary>When the first of them ended: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>When the last of them ended: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long Last { get; private set; }

    public long Publishes => Succeeded + Failed + Canceled;

    /// <summary>Successes among those that were not canceled; null when there are none.</summary>
    public double? SuccessRate => Ratio(Succeeded, Succeeded + Failed);

    /// <summary>A part of a whole; null when the whole is nothing.</summary>
    public static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;

    /// <summary>Adds a publish.</summary>
    public void Add(PublishRow row)
    {
        switch (row.Outcome)
        {
            case PublishOutcome.Succeeded:
                Succeeded++;
                break;
            case PublishOutcome.Failed:
                Failed++;
                break;
            default:
                Canceled++;
                break;
        }

        if (row.User != 0 && row.User != _lastUser)
        {
            _lastUser = row.User;
            Users++;
        }

        First = Math.Min(First, row.Time);
        Last = Math.Max(Last, row.Time);
    }
}
