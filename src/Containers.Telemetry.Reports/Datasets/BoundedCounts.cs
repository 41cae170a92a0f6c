using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Counts the publishes of each row at one stage, so that no user counts for more than a limit.</summary>
/// <param name="source">The publishes.</param>
/// <param name="stage">The stage.</param>
/// <param name="limit">What is counted of one user.</param>
/// <param name="secret">Decides which rows of a user with too many are counted: always the same ones, and nobody else can know which.</param>
internal sealed class BoundedCounts(IDatasetSource source, int stage, ContributionLimit limit, byte[] secret)
{
    private readonly Dictionary<GroupIdentity, long> _counts = [];
    private readonly Dictionary<GroupIdentity, int> _ofUser = [];

    /// <summary>Counts publishes.</summary>
    /// <param name="publishes">Those of one user stand together. Each has a user.</param>
    public IReadOnlyDictionary<GroupIdentity, long> Count(ReadOnlySpan<int> publishes)
    {
        Identifier user = default;
        foreach (int publish in publishes)
        {
            if (source.UserOf(publish) != user)
            {
                AddUser(user);
                user = source.UserOf(publish);
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_ofUser, source.RowOf(publish, stage), out _)++;
        }

        AddUser(user);
        return _counts;
    }

    private void AddUser(Identifier user)
    {
        IEnumerable<GroupIdentity> rows = _ofUser.Keys;
        if (_ofUser.Count > limit.Rows)
        {
            rows = rows.OrderBy(row => RankOf(user, row)).Take(limit.Rows);
        }

        foreach (GroupIdentity row in rows)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, row, out _) += Math.Min(_ofUser[row], limit.Publishes);
        }

        _ofUser.Clear();
    }

    private Identifier RankOf(Identifier user, GroupIdentity row)
    {
        byte[] hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"sample\n{stage}\n{user.Format(dashed: false)}\n{string.Join('\t', source.TextsOf(row))}"));
        return Identifier.FromBytes(hash);
    }
}
