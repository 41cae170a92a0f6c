using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Counts the publishes of each row at one stage, so that no user counts for more than a limit.</summary>
/// <param name="secret">Selects the rows of a user with too many: always the same ones, unpredictable without the secret.</param>
internal sealed class BoundedCounts(IDatasetSource source, int stage, ContributionLimit limit, byte[] secret)
{
    private readonly Dictionary<GroupIdentity, RowCount> _counts = [];
    private readonly Dictionary<GroupIdentity, long> _ofUser = [];
    private Identifier _user;
    private long _publishes;
    private long _withoutUser;

    /// <param name="released">The rows that were released at each earlier stage: their publishes are not counted.</param>
    public StageCounts Count(IReadOnlyList<IReadOnlySet<GroupIdentity>> released)
    {
        source.Read(stage, released, Add);
        AddUser();
        return new StageCounts(_counts, _publishes, _withoutUser);
    }

    private void Add(Identifier user, GroupIdentity row, long publishes)
    {
        if (user.IsNone)
        {
            _withoutUser += publishes;
            return;
        }

        if (user != _user)
        {
            AddUser();
            _user = user;
        }

        _publishes += publishes;
        CollectionsMarshal.GetValueRefOrAddDefault(_ofUser, row, out _) += publishes;
    }

    private void AddUser()
    {
        foreach ((GroupIdentity row, long publishes) in _ofUser)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, row, out _).All += publishes;
        }

        IEnumerable<GroupIdentity> rows = _ofUser.Keys;
        if (_ofUser.Count > limit.Rows)
        {
            rows = rows.OrderBy(RankOf).Take(limit.Rows);
        }

        foreach (GroupIdentity row in rows)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, row, out _).Bounded += Math.Min(_ofUser[row], limit.Publishes);
        }

        _ofUser.Clear();
    }

    private Identifier RankOf(GroupIdentity row)
    {
        string sample = $"sample\n{stage}\n{_user.Format(dashed: false)}\n{string.Join('\t', source.TextsOf(row))}";
        byte[] hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(sample));
        return Identifier.FromBytes(hash);
    }
}

internal struct RowCount
{
    /// <summary>Within the limits for each user.</summary>
    public long Bounded;

    /// <summary>All of them, without limits. Confidential.</summary>
    public long All;
}

/// <param name="Publishes">The number of publishes with a user, in all rows.</param>
/// <param name="WithoutUser">The number of publishes without a user, which are in no row.</param>
internal sealed record StageCounts(IReadOnlyDictionary<GroupIdentity, RowCount> Rows, long Publishes, long WithoutUser);
