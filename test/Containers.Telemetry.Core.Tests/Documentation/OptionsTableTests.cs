using System.Text.RegularExpressions;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Events.Documentation;

/// <summary>docs/options.md lists every setting that a user has.</summary>
[TestClass]
public sealed partial class OptionsTableTests
{
    private static readonly string Page = Read("docs", "options.md");

    [TestMethod]
    public void Page_Properties_AreThoseOfTheTargets() =>
        AssertListed(Property().Matches(Read("build", "Containers.Telemetry.targets")).Select(match => match.Value), atLeast: 13);

    [TestMethod]
    public void Page_Variables_AreThoseThatAreRead()
    {
        IEnumerable<string> whole = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "FaultInjection.cs")
            .SelectMany(file => Variable().Matches(File.ReadAllText(file)))
            .Select(match => match.Value);
        IEnumerable<string> options = ExporterOption().Matches(Read("src", "Containers.Telemetry.Core", "Endpoints", "OtlpSettingsReader.cs"))
            .Select(match => "OTEL_EXPORTER_OTLP_" + match.Groups[1].Value);

        AssertListed([.. whole, .. options], atLeast: 13);
    }

    private static void AssertListed(IEnumerable<string> names, int atLeast)
    {
        string[] distinct = [.. names.Distinct()];
        Assert.IsGreaterThanOrEqualTo(atLeast, distinct.Length, string.Join(' ', distinct));
        Assert.IsEmpty(
            distinct.Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal) && !Page.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    // Properties that begin with an underscore are private.
    [GeneratedRegex(@"(?<![\w.])ContainersTelemetry[A-Za-z]*\b")]
    private static partial Regex Property();

    [GeneratedRegex("\\b(OTEL|CONTAINERS_TELEMETRY)_[A-Z_]*[A-Z]\\b|\\bTRACE(PARENT|STATE)\\b")]
    private static partial Regex Variable();

    [GeneratedRegex("VariableFor\\(signal, \"([A-Z]+)\"")]
    private static partial Regex ExporterOption();
}
