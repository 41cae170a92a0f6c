using System.Text.RegularExpressions;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Core.Tests.Namespaces;

/// <summary>Compares the dependencies between the product's namespaces with the allowed ones.</summary>
[TestClass]
public sealed partial class StructureTests
{
    private static readonly string Allowed = Path.Combine(Repository.Root, "test", "Containers.Telemetry.Core.Tests", "Namespaces", "arrows.txt");
    private static readonly Arrows Product = new(ProductFile.ReadAll());

    [TestMethod]
    public void DependenciesBetweenNamespaces_AreTheAllowedOnes()
    {
        TrackedFile.Update(Allowed, Product.Lines);
        string[] allowed = File.ReadAllLines(Allowed);

        Assert.AreEqual(
            "", string.Join('\n', Product.Lines.Except(allowed)), $"New dependencies. Reverse them, or list them with: {TrackedFile.UpdateCommand}");
        Assert.AreEqual(
            "",
            string.Join('\n', allowed.Except(Product.Lines)),
            $"arrows.txt lists dependencies that no longer exist. Update it with: {TrackedFile.UpdateCommand}");
    }

    [TestMethod]
    public void Namespaces_HaveNoCycles() => Assert.AreEqual("", string.Join('\n', Product.Circles()));

    [TestMethod]
    public void Core_HasAtMost100Files() => Assert.IsLessThanOrEqualTo(100, ProductFile.ReadAll().Count(file => file.Project == "Containers.Telemetry.Core"));

    [TestMethod]
    public void ArchitecturePage_NamesInIt_AreTypesOrTargets()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        string targets = File.ReadAllText(Path.Combine(Repository.Root, "build", "Containers.Telemetry.targets"));
        HashSet<string> types = [.. ProductFile.ReadAll().SelectMany(file => file.Types)];

        string[] unknown =
        [
            .. Name().Matches(page).Select(name => name.Groups[1].Value)
                .Where(name => !types.Contains(name) && !targets.Contains($"<Target Name=\"{name}\"", StringComparison.Ordinal)),
        ];

        Assert.AreEqual("", string.Join(' ', unknown));
    }

    [TestMethod]
    [DataRow("A -> B|B -> C", "", DisplayName = "A chain is no circle")]
    [DataRow("A -> B|B -> A|C -> A", "A B", DisplayName = "Two that use each other")]
    [DataRow("A -> B|B -> C|C -> A|C -> D", "A B C", DisplayName = "Three in a row")]
    public void Cycles_AreFound(string arrows, string expected)
    {
        Arrows found = new(
        [
            .. arrows.Split('|').Select(
                arrow => ProductFile.Parse("P", $"using Containers.Telemetry.{arrow[5..]};\nnamespace Containers.Telemetry.{arrow[..1]};\n")),
        ]);

        Assert.AreEqual(expected, string.Join('|', found.Circles()));
    }

    [GeneratedRegex("`([A-Z_][A-Za-z]+)`")]
    private static partial Regex Name();
}
