using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class CountryCodeTests
{
    // ISO 3166-1 has assigned so many codes.
    private const int Assigned = 249;

    [TestMethod]
    [DataRow("DE")]
    [DataRow("US")]
    [DataRow("AD")]
    [DataRow("ZW")]
    public void From_AssignedCode_ReturnsIt(string region) => Assert.AreEqual(region, CountryCode.From(region)?.ToString());

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("IV", DisplayName = "The invariant region")]
    [DataRow("de")]
    [DataRow("DEU")]
    [DataRow("001", DisplayName = "The world")]
    [DataRow("XX")]
    [DataRow("ZZ")]
    [DataRow("D ")]
    [DataRow(" A")]
    [DataRow("D A")]
    public void From_AnythingElse_ReturnsNull(string? region) => Assert.IsNull(CountryCode.From(region));

    [TestMethod]
    public void All_assigned_codes_are_known()
    {
        IEnumerable<string> pairs =
            from first in Enumerable.Range('A', 26)
            from second in Enumerable.Range('A', 26)
            select $"{(char)first}{(char)second}";

        Assert.AreEqual(Assigned, pairs.Count(pair => CountryCode.From(pair) is not null));
    }
}
