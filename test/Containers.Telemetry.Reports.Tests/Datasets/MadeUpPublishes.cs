using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Tests.Datasets;

/// <summary>Publishes whose rows are numbers. A stage generalises a row by halving its number.</summary>
internal sealed class MadeUpPublishes(IReadOnlyList<MadeUpPublish> publishes, int stages = 3) : IDatasetSource
{
    public int Stages => stages;

    public void Read(int stage, IReadOnlyList<IReadOnlySet<GroupIdentity>> released, Action<Identifier, GroupIdentity, long> take)
    {
        foreach (MadeUpPublish publish in publishes.OrderBy(static publish => publish.User))
        {
            if (!released.Where((rows, earlier) => rows.Contains(RowAt(earlier, publish.Row))).Any())
            {
                take(publish.User, RowAt(stage, publish.Row), 1);
            }
        }
    }

    public string[] TextsOf(GroupIdentity row) => [$"{row[0]}", $"{row[1]}"];

    /// <summary>The row of a publish at a stage.</summary>
    public static GroupIdentity RowAt(int stage, int row) => new() { [0] = stage, [1] = row >> stage };

    /// <summary>A user, identified by a number other than 0.</summary>
    public static Identifier User(int number) => new(0, (ulong)number);

    /// <summary>These publishes, and those of others.</summary>
    public MadeUpPublishes With(params IEnumerable<MadeUpPublish> others) => new([.. publishes, .. others], stages);
}

/// <param name="User">The user's pseudonym; the default value for none.</param>
/// <param name="Row">The row at the first stage, before any generalisation.</param>
internal readonly record struct MadeUpPublish(Identifier User, int Row);
