using Containers.Telemetry.Fuzz;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Fuzzing;

/// <summary>No foreign text breaks a reader. <c>bench/Fuzz</c> runs for as long as you like.</summary>
[TestClass]
public sealed class FuzzTests
{
    // The inputs are the same in each run, so that a change that breaks on one of them fails at once, not a week later.
    private const int Seed = 20_261_121;

    public static IEnumerable<object[]> Targets => FuzzTargets.All.Select(static target => new object[] { target.Name });

    public static IEnumerable<object[]> Inputs =>
        Corpus.Files(Repository.Root).Select(static file => new object[] { Path.GetRelativePath(Repository.Root, file) });

    [TestMethod]
    [DynamicData(nameof(Targets))]
    public void No_input_breaks_a_reader(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(target => target.Name == name);

        FuzzFailure? failure = new Fuzzer(target, Seed).Run(first: 0, target.Cases);

        Assert.IsNull(failure, failure?.ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Inputs))]
    public void An_input_that_broke_a_reader_once_does_not_break_it_again(string file)
    {
        byte[] input = File.ReadAllBytes(Path.Combine(Repository.Root, file));

        Assert.IsNull(Corpus.TargetOf(file).Try(input));
    }

    [TestMethod]
    public void Every_reader_accepts_its_valid_inputs()
    {
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            foreach (byte[] seed in target.Seeds)
            {
                Assert.IsNull(target.Try(seed), target.Name);
            }
        }
    }

    [TestMethod]
    public void Each_test_run_tries_at_least_100000_inputs() => Assert.IsGreaterThanOrEqualTo(100_000, FuzzTargets.All.Sum(static target => target.Cases));

    [TestMethod]
    public void A_fault_is_found_and_its_input_is_shortened()
    {
        var target = new FuzzTarget(
            "planted",
            0,
            static (string text) => Containers.Telemetry.Fuzz.Require.That(!text.Contains("]]", StringComparison.Ordinal), "planted"),
            "[a, b]",
            "[[c], d]");

        FuzzFailure? failure = new Fuzzer(target, Seed).Run(first: 0, 10_000);

        Assert.IsNotNull(failure);
        Assert.AreEqual("]]", InputText.Of(failure.Input));
        Assert.Contains("base64 -d > test/corpus/inputs/planted/", failure.ToString());
    }
}
