using System.Reflection;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Sdk;

/// <summary>The regular expressions with which the targets find the container tasks that are called, and what our tasks do not support.</summary>
[TestClass]
public sealed class ContainerShapeTests
{
    private static readonly Regex UnknownShape = new(DeclaredTargets.Property("_ContainersTelemetryUnknownShape"));

    private static readonly Regex Calls = new(DeclaredTargets.Property("_ContainersTelemetryCalls"));

    private static readonly string SdkTargets = File.ReadAllText(ObservedSdk.TargetsFile);
    private static readonly string SdkProps = File.ReadAllText(ObservedSdk.PropsFile);

    public static IEnumerable<object[]> Tasks => ParameterTests.AllObservedTasks.Select(task => new object[] { task.Name });

    [TestMethod]
    public void InstalledSdk_IsKnown()
    {
        Assert.AreEqual("", UnknownShape.Match(SdkTargets).Value);
        Assert.AreEqual("", UnknownShape.Match(SdkProps).Value);
    }

    [TestMethod]
    public void Calls_OfTheInstalledSdk_AreItsTasksInTheirOrder() =>
        Assert.AreEqual(
            "ComputeDotnetBaseImageAndTag" + "ParseContainerProperties" + "CreateNewImage" + "_PublishMultiArchContainers" + "CreateImageIndex",
            FindCalls(SdkTargets + SdkProps));

    [TestMethod]
    [DataRow("", "")]
    [DataRow("no element", "")]
    [DataRow(" text <Project><Target Name='_PublishMultiArchContainers'><CreateNewImage /></Target></Project> text", "_PublishMultiArchContainersCreateNewImage")]
    [DataRow("<Target Name=\"A\" DependsOnTargets=\"B\"><Call Targets=\"_PublishMultiArchContainers\" /></Target>", "")]
    [DataRow("<Other /><!-- CreateNewImage -->", "")]
    [DataRow("<CreateNewImage /><Import /><CreateNewImage Other=\"\" /><CreateImageIndex />", "CreateNewImage<")]
    [DataRow("<<<CreateNewImage /><<<Import />", "CreateNewImage<")]
    [DataRow("<A /><!-- </A> <a.b /> --> <B /><a.b.createNewImage />", "<")]
    public void Calls_AreNamesAlone(string text, string expected) => Assert.AreEqual(expected, FindCalls(text));

    [TestMethod]
    public void ObservedTasks_AreThoseOfTheTargets() =>
        Assert.AreEqual(
            string.Join('|', ParameterTests.AllObservedTasks.Select(task => task.Name).Order(StringComparer.Ordinal)),
            DeclaredTargets.Property("_ContainersTelemetryObservedTasks"));

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void DeclaredParameters_AreThoseOfTheClass(string task)
    {
        PropertyInfo[] parameters = ParameterTests.AllObservedTasks.Single(type => type.Name == task).GetProperties()
            .Where(property => property.Name is not (nameof(ITask.BuildEngine) or nameof(ITask.HostObject)))
            .ToArray();

        Assert.AreEqual(Names(parameters.Where(property => property.CanWrite)), DeclaredTargets.Property($"_ContainersTelemetry{task}Inputs"));
        Assert.AreEqual(
            Names(parameters.Where(property => property.IsDefined(typeof(OutputAttribute)))), DeclaredTargets.Property($"_ContainersTelemetry{task}Outputs"));
    }

    [TestMethod]
    [DataRow("<CreateNewImage BaseRegistry=\"x\" />")]
    [DataRow("<CreateNewImage\r\n  BaseRegistry = \"@(A->'%(Identity)')\"\r\n  Condition=\"'$(X)' != '' and 1 > 0\"/>")]
    [DataRow("<CreateNewImage Repository=\"x\"> <!-- why - and -- what --> <Output TaskParameter=\"GeneratedContainerDigest\" PropertyName=\"A\" /> </CreateNewImage>")]
    [DataRow("<UsingTask TaskName=\"$(MSBuildThisFileName).Tasks.CreateNewImage\" AssemblyFile=\"$(ContainerCustomTasksAssembly)\" Runtime=\"NET\" />")]
    [DataRow("<UsingTask TaskName=\"$(MSBuildThisFileName).Tasks.ConvertContainerAnnotations\" AssemblyFile=\"$(ContainerCustomTasksAssembly)\"/>")]
    [DataRow("<CREATENEWIMAGE BaseRegistry=\"x\" />")]
    public void KnownShape_IsNotFound(string text)
    {
        Assert.AreEqual("", UnknownShape.Match(text).Value);
        Assert.DoesNotContain("<", FindCalls(text));
    }

    [TestMethod]
    [DataRow("<CreateNewImage Compression=\"x\" />", DisplayName = "an input that is not declared")]
    [DataRow("<CreateNewImage BaseRegistry=\"x\" Compression=\"x\"></CreateNewImage>", DisplayName = "one more input")]
    [DataRow("<CreateNewImage baseregistry=\"x\" />", DisplayName = "another spelling")]
    [DataRow("<createnewimage Compression=\"x\" />", DisplayName = "an input that is not declared, of a task in another spelling")]
    [DataRow("<microsoft.NET.Build.Containers.Tasks.createNewImage BaseRegistry=\"x\" />", DisplayName = "a full name in another spelling")]
    [DataRow("<CreateNewImage BaseRegistry='x' />", DisplayName = "other quotes")]
    [DataRow("<CreateNewImage BaseRegistry=\"x\" ContinueOnError=\"true\" />", DisplayName = "errors that are none")]
    [DataRow("<CreateNewImage><Output TaskParameter=\"Signature\" PropertyName=\"A\" /></CreateNewImage>", DisplayName = "an output that is not declared")]
    [DataRow("<CreateNewImage><Other /></CreateNewImage>", DisplayName = "another child")]
    [DataRow("<CreateNewImage BaseRegistry=\"x\">", DisplayName = "a call without an end")]
    [DataRow("<CreateImageIndex PublishDirectory=\"x\" />", DisplayName = "an input of another task")]
    [DataRow("<Microsoft.NET.Build.Containers.Tasks.CreateNewImage BaseRegistry=\"x\" />", DisplayName = "a full name")]
    [DataRow("<Import Project=\"x.targets\" />", DisplayName = "an import")]
    [DataRow("<UsingTask TaskName=\"$(MSBuildThisFileName).Tasks.PushImage\" AssemblyFile=\"$(ContainerCustomTasksAssembly)\" />", DisplayName = "another task")]
    [DataRow("<UsingTask TaskName=\"$(MSBuildThisFileName).Tasks.CreateNewImage\" AssemblyFile=\"other.dll\" />", DisplayName = "another assembly")]
    [DataRow("<UsingTask TaskName=\"$(MSBuildThisFileName).Tasks.CreateNewImage\" AssemblyFile=\"$(ContainerCustomTasksAssembly)\" TaskFactory=\"TaskHostFactory\" />", DisplayName = "a task factory")]
    public void UnknownShape_IsFound(string text)
    {
        Assert.AreNotEqual("", UnknownShape.Match(text).Value);
        Assert.StartsWith("<", FindCalls(text));
    }

    /// <summary>The expression detects one additional letter in the name of any parameter of the installed SDK's calls.</summary>
    [TestMethod]
    public void AnyOtherParameter_IsFound()
    {
        (int Start, int Length)[] parameters =
        [
            .. Regex.Matches(SdkTargets, """<(?:Create|Compute|Parse)\w+\s[^<]*?>""")
                .SelectMany(call => Regex.Matches(call.Value, @"\b\w+(?==)").Select(name => (call.Index + name.Index, name.Length))),
        ];
        Assert.IsGreaterThan(40, parameters.Length);

        Prop.ForAll(
            Gen.Elements(parameters).ToArbitrary(),
            parameter => FindCalls(SdkTargets.Insert(parameter.Start + parameter.Length, "x")).Contains('<')).QuickCheckThrowOnFailure();
    }

    /// <summary>An expression that backtracks would not finish these texts in years.</summary>
    [TestMethod]
    [DataRow("<CreateNewImage ", " ")]
    [DataRow("<CreateNewImage><!--", "<CreateNewImage><!--")]
    [DataRow("<CreateNewImage><!--", "- -")]
    [DataRow("<CreateNewImage ", "BaseRegistry=\"\" ")]
    [DataRow("<CreateNewImage BaseRegistry=\"", "<CreateNewImage BaseRegistry=\"")]
    [DataRow("<CreateNewImage>", "<Output TaskParameter=\"GeneratedContainerDigest\" PropertyName=\"A\" />\n")]
    [DataRow("<", "a.")]
    [DataRow("<UsingTask ", " \n")]
    [DataRow("", "<")]
    [DataRow("<", "<a.")]
    [DataRow("<Target ", "<Target \"")]
    [DataRow("<Target ", "\"_PublishMultiArchContainers'")]
    public void HostileText_IsReadInLinearTime(string start, string repeated)
    {
        string text = start + string.Concat(Enumerable.Repeat(repeated, 5_000_000 / repeated.Length));

        _ = UnknownShape.IsMatch(text);
        _ = FindCalls(text);
    }

    private static string FindCalls(string text) => Calls.Replace(text, "${found}");

    private static string Names(IEnumerable<PropertyInfo> parameters) =>
        string.Join('|', parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
}
