using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests.Datasets;

/// <summary>The privacy of a dataset depends on a limit: how much one user can change.</summary>
[TestClass]
public sealed class ContributionTests
{
    private static readonly Identifier Victim = MadeUpPublishes.User(1);

    private static readonly byte[] Secret = "a secret of the tests, not of a store"u8.ToArray();
    private static readonly ContributionLimit Limit = new(Rows: 3, Publishes: 2);

    private static readonly Gen<MadeUpPublish> Publish =
        Gen.Choose(2, 6).Zip(Gen.Choose(0, 20)).Select(static pair => new MadeUpPublish(MadeUpPublishes.User(pair.Item1), pair.Item2));

    private static readonly Arbitrary<(MadeUpPublish[] Others, MadeUpPublish[] OfVictim)> Stores = Publish.ArrayOf()
        .Zip(Gen.Choose(0, 20).Select(static row => new MadeUpPublish(Victim, row)).ArrayOf())
        .ToArbitrary();

    [TestMethod]
    public void One_user_changes_few_rows_by_little() => Prop.ForAll(Stores, static store =>
    {
        var without = new MadeUpPublishes(store.Others);
        MadeUpPublishes with = without.With(store.OfVictim);
        for (int stage = 0; stage < with.Stages; stage++)
        {
            Dictionary<GroupIdentity, long> before = Count(without, stage);
            Dictionary<GroupIdentity, long> after = Count(with, stage);
            long[] changes = [.. after.Select(row => row.Value - before.GetValueOrDefault(row.Key)).Where(static change => change != 0)];

            Assert.IsEmpty(before.Keys.Except(after.Keys));
            Assert.IsLessThanOrEqualTo(Limit.Rows, changes.Length);
            Assert.IsTrue(changes.All(static change => change is > 0 && change <= Limit.Publishes), string.Join(' ', changes));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [TestMethod]
    public void A_user_within_the_limits_is_counted_in_full() => Prop.ForAll(Publish.ArrayOf(3).ToArbitrary(), static publishes =>
    {
        // One publish per row, and at most three rows for each user, which is within the limits.
        MadeUpPublish[] few = [.. publishes.DistinctBy(static publish => publish.Row)];

        Assert.AreEqual(few.Length, Count(new MadeUpPublishes(few), 0).Values.Sum());
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void The_order_of_publishes_makes_no_difference() => Prop.ForAll(Stores, static store =>
    {
        MadeUpPublish[] all =
        [
            .. store.Others,
            .. store.OfVictim,
            .. Enumerable.Range(10, 200).SelectMany(
                static user => new[] { new MadeUpPublish(MadeUpPublishes.User(user), 1), new MadeUpPublish(MadeUpPublishes.User(user), 9) }),
        ];
        MadeUpPublish[] reversed = [.. all.Reverse()];

        Assert.AreSequenceEqual(Release(all), Release(reversed));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [TestMethod]
    public void Which_rows_of_a_user_are_counted_depends_on_the_secret_alone()
    {
        MadeUpPublish[] many = [.. Enumerable.Range(0, 21).Select(static row => new MadeUpPublish(Victim, row))];
        string[] chosen =
        [
            .. Enumerable.Range(0, 50)
                .Select(number => new BoundedCounts(new MadeUpPublishes(many), 0, Limit, [(byte)number, .. Secret]).Count([]).Rows)
                .Select(static rows => string.Join(' ', rows.Where(static row => row.Value.Bounded > 0).Select(static row => row.Key[1]).Order())),
        ];

        Assert.IsGreaterThan(40, chosen.Distinct().Count());
        Assert.AreSequenceEqual(
            Count(new MadeUpPublishes(many), 0).Keys.Select(static row => row[1]).Order(),
            Count(new MadeUpPublishes([.. many.Reverse()]), 0).Keys.Select(static row => row[1]).Order());
    }

    [TestMethod]
    public void Publishes_without_a_user_are_in_no_row()
    {
        MadeUpPublish[] nobodys = [.. Enumerable.Repeat(new MadeUpPublish(default, 1), 10_000)];

        NoisyRows rows = new NoisyRelease(new MadeUpPublishes(nobodys), new PrivacyBudget(10, 1e-3), Limit, Secret, "2026Q3").Run();

        Assert.IsEmpty(rows.Rows);
        Assert.AreEqual(10_000, rows.WithoutUser);
    }

    [TestMethod]
    public void Publishes_without_a_user_are_counted_once_though_others_are_in_their_row()
    {
        MadeUpPublish[] publishes =
        [
            .. Enumerable.Repeat(new MadeUpPublish(default, 1), 10_000),
            .. Enumerable.Range(1, 1000).Select(static user => new MadeUpPublish(MadeUpPublishes.User(user), 1)),
        ];

        NoisyRows rows = new NoisyRelease(new MadeUpPublishes(publishes), new PrivacyBudget(10, 1e-3), Limit, Secret, "2026Q3").Run();

        Assert.AreEqual(0, rows.Rows.Single().Stage);
        Assert.AreEqual(10_000, rows.WithoutUser);
    }

    private static string[] Release(MadeUpPublish[] publishes) =>
        [
            .. new NoisyRelease(new MadeUpPublishes(publishes), new PrivacyBudget(10, 1e-3), Limit, Secret, "2026Q3").Run().Rows
                .Select(static row => $"{string.Join(' ', row.Texts)} {row.NoisyCount}"),
        ];

    private static Dictionary<GroupIdentity, long> Count(MadeUpPublishes source, int stage) => new BoundedCounts(source, stage, Limit, Secret).Count([]).Rows
        .Where(static row => row.Value.Bounded > 0).ToDictionary(static row => row.Key, static row => row.Value.Bounded);
}
