using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Counts publishes, which have to come ordered by user.</summary>
internal sealed class Tally
{
    private int _lastUser;

    public long Succeeded { get; private set; }

    public long Failed { get; private set; }

    public long Canceled { get; private set; }

    /// <summary>Number of different users; publishes without a user are not counted.</summary>
    public long Users { get; private set; }

    /// <summary>The end of the first of them: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The end of the last of them: <see cref="DateTime.Ticks"/>, UTC.</summary>
    public long Last { get; private set; }

    public long Publishes => Succeeded + Failed + Canceled;

    /// <summary>A part of a whole; null if the whole is 0.</summary>
    public static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;

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
            Users++;
            _lastUser = row.User;
        }

        First = Math.Min(First, row.Time);
        Last = Math.Max(Last, row.Time);
    }
}
