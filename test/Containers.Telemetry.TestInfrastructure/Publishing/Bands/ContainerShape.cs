using System.Xml.Linq;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>
/// The facts of an SDK's container targets that decide how its publishes are observed, one per line: registered tasks, inputs and outputs of their
/// calls, the targets of a publish, and the marks of the build of one image of several.
/// </summary>
public static class ContainerShape
{
    private static readonly HashSet<string> Targets = new(StringComparer.Ordinal)
    {
        "ComputeContainerBaseImage", "ComputeContainerConfig", "PublishContainer", "_ComputeContainerBaseImageTag", "_PublishMultiArchContainers",
        "_PublishSingleContainer",
    };

    private static readonly string[] InnerBuildProperties = ["_ContainerImageTags", "_IsMultiRIDBuild", "_IsSingleRIDBuild"];

    private static readonly string[] ImageItems = ["GeneratedContainer", "GeneratedContainers"];

    /// <summary>Reads the facts of an SDK.</summary>
    /// <param name="sdk">Full path of the SDK's folder, such as <c>/usr/share/dotnet/sdk/10.0.401</c>.</param>
    public static IReadOnlyList<string> Of(string sdk)
    {
        string file = Path.Combine(sdk, "Containers", "build", BandAssembly.Name);
        return Read(XDocument.Load(file + ".targets"), XDocument.Load(file + ".props"));
    }

    /// <summary>Reads the facts of a band of the table.</summary>
    public static IReadOnlyList<string> Of(Band band)
    {
        var targets = new BandTargets(band);
        return Read(XDocument.Parse(targets.RenderTargets()), XDocument.Parse(targets.RenderProps()));
    }

    /// <summary>
    /// Finds the band that is most similar to an SDK, and returns the differences: "- " marks lines of the band alone, "+ " lines of the SDK alone.
    /// </summary>
    public static (Band Band, IReadOnlyList<string> Differences) Compare(string sdk)
    {
        IReadOnlyList<string> facts = Of(sdk);
        return Bands.All
            .Where(band => band.IsObserved)
            .Select(band => (band, Differences: Compare(Of(band), facts)))
            .MinBy(pair => pair.Differences.Count);
    }

    private static IReadOnlyList<string> Compare(IReadOnlyList<string> band, IReadOnlyList<string> sdk) =>
        [.. band.Except(sdk).Select(fact => "- " + fact), .. sdk.Except(band).Select(fact => "+ " + fact)];

    private static string[] Read(XDocument targets, XDocument props)
    {
        XElement[] registrations = [.. Elements(props, "UsingTask")];
        HashSet<string> tasks = [.. registrations.Select(registration => Attribute(registration, "TaskName").Split('.').Last())];
        return
        [
            .. registrations.Select(
                registration => $"registers {Attribute(registration, "TaskName").Split('.').Last()} {Attribute(registration, "Runtime")}".TrimEnd()),
            .. targets.Descendants().Where(element => tasks.Contains(element.Name.LocalName)).SelectMany(DescribeCall),
            .. Elements(targets, "Target").Select(target => Attribute(target, "Name")).Where(Targets.Contains).Select(name => $"has the target {name}"),
            .. ImageItems.Where(item => Elements(targets, item).Any()).Select(item => $"lists images in {item}"),
            .. InnerBuildProperties
                .Where(property =>
                    Elements(targets, "_InnerBuild").Any(build => Attribute(build, "AdditionalProperties").Contains(property + "=", StringComparison.Ordinal)))
                .Select(property => $"builds single images with {property}"),
        ];
    }

    private static IEnumerable<string> DescribeCall(XElement call) =>
    [
        .. call.Attributes().Where(input => input.Name.LocalName != "Condition").Select(input => $"passes {call.Name.LocalName}.{input.Name.LocalName}"),
        .. call.Elements().Select(output => $"takes {call.Name.LocalName}.{Attribute(output, "TaskParameter")}"),
    ];

    private static IEnumerable<XElement> Elements(XDocument document, string name) => document.Descendants().Where(element => element.Name.LocalName == name);

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value ?? "";
}
