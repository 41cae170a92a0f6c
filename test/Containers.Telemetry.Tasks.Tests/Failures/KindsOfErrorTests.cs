using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Failures;

/// <summary>The SDK's own task receives each refusal at each step. The reported kind must be the one in docs/kinds-of-error.md.</summary>
[TestClass]
public sealed class KindsOfErrorTests
{
    private static readonly int[] Statuses = [400, 401, 403, 404, 405, 407, 408, 413, 429, 500, 503, 520];

    private static RefusedTransfer? _transfer;

    public static IEnumerable<object[]> Steps => RefusalRule.Steps.Select(row => new object[] { row.Step, row.Direction });

    private static RefusedTransfer Transfer => _transfer!;

    [ClassInitialize]
    public static async Task StartRegistriesAsync(TestContext context) => _transfer = await RefusedTransfer.CreateAsync();

    [ClassCleanup]
    public static async Task StopRegistriesAsync() => await Transfer.DisposeAsync();

    [TestMethod]
    public void Page_NamesEveryStep() =>
        CollectionAssert.AreEquivalent(
            Enum.GetValues<ProtocolStep>().Except([ProtocolStep.None]).ToArray(),
            RefusalRule.Steps.Select(row => row.Step).Distinct().ToArray());

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Refusal_AtAStep_HasTheKindOfThePage(ProtocolStep step, TransferDirection direction)
    {
        List<string> wrong = [];
        foreach (int status in Statuses)
        {
            string expected = RefusalRule.KindOf(step, direction, status) is { } kind ? $"{kind} {Name(direction)}" : "success";
            string told = Transfer.Meet(step, direction, FaultEffect.Status(status));
            if (told != expected)
            {
                wrong.Add($"{status}: {told} in place of {expected}");
            }
        }

        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    /// <summary>The SDK retries a layer four times, a second apart, so the layers of all statuses are pulled in parallel.</summary>
    [TestMethod]
    public async Task Refusal_OfALayer_HasTheKindOfThePage()
    {
        int[] statuses = [403, 404, 429, 503];

        string[] told = await Task.WhenAll(statuses.Select(status => Task.Run(() => Transfer.MeetAtLayers(FaultEffect.Status(status)))));

        CollectionAssert.AreEqual(statuses.Select(status => $"{RefusalRule.KindOf(ProtocolStep.Blob, TransferDirection.Pull, status)} pull").ToArray(), told);
    }

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void ConnectionThatEndsAtAStep_IsLost(ProtocolStep step, TransferDirection direction) =>
        Assert.AreEqual($"connection_lost {Name(direction)}", Transfer.Meet(step, direction, FaultEffect.ConnectionClosed));

    [TestMethod]
    [DataRow(ProtocolStep.Manifest, TransferDirection.Pull)]
    [DataRow(ProtocolStep.UploadStart, TransferDirection.Push)]
    public void ChallengeThatNamesNoAddress_IsACredentialFailure(ProtocolStep step, TransferDirection direction) =>
        Assert.AreEqual($"credential_failure {Name(direction)}", Transfer.Meet(step, direction, FaultEffect.Unauthorized("Bearer realm=\"/token\"")));

    private static string Name(TransferDirection direction) => direction is TransferDirection.Pull ? "pull" : "push";
}
