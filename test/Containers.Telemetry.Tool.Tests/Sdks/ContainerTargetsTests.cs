using Containers.Telemetry.Surroundings;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Tests.Sdks;

[TestClass]
public sealed class ContainerTargetsTests
{
    private static readonly string InstalledFolder = new InstalledSdks(MachineEnvironment.Current).Folders()[0];

    [TestMethod]
    public void Installed_SDK_has_no_obstacle() => Assert.IsNull(ContainerTargets.OfSdk(InstalledFolder, PackageTargets.OfThisTool).FindObstacle());

    [TestMethod]
    [DataRow("\r\n")]
    [DataRow("\n")]
    public void Installed_SDK_is_known_with_any_line_ends(string lineEnd) =>
        Assert.IsTrue(AreKnown(targets => targets.ReplaceLineEndings(lineEnd), props => props.ReplaceLineEndings(lineEnd)));

    [TestMethod]
    [DataRow("<CreateNewImage ", "<CreateNewImage  ", "")]
    [DataRow("</Project>", "</Project> ", "")]
    [DataRow("", "", " ")]
    public void Changed_targets_or_props_are_not_known(string old, string replacement, string endOfProps) =>
        Assert.IsFalse(
            AreKnown(targets => old.Length == 0 ? targets : targets.Replace(old, replacement, StringComparison.Ordinal), props => props + endOfProps));

    [TestMethod]
    public void Targets_that_are_not_there_are_not_known() =>
        Assert.IsFalse(ContainerTargets.OfSdk(Path.Combine(InstalledFolder, "nothing"), PackageTargets.OfThisTool).AreKnown);

    [TestMethod]
    [DataRow("\r\n")]
    [DataRow("\n")]
    public void Line_ends_are_no_obstacle(string lineEnd) => Assert.IsNull(ObstacleIn(targets => targets.ReplaceLineEndings(lineEnd)));

    [TestMethod]
    [DataRow("<CreateNewImage ", "<CreateNewImage Compression=\"zstd\" ", "CreateNewImage is called with the parameter Compression, which the package does not know")]
    [DataRow("TaskParameter=\"GeneratedContainerDigest\"", "TaskParameter=\"Signature\"", "CreateNewImage is asked for the output Signature, which the package does not know")]
    [DataRow("<ParseContainerProperties ", "<Import Project=\"other.targets\" /><ParseContainerProperties ", "the targets import another file")]
    [DataRow("CreateNewImage", "MakeImage", "the task CreateNewImage is not called")]
    [DataRow("ParseContainerProperties", "ParseProperties", "the task ParseContainerProperties is not called")]
    [DataRow("ComputeDotnetBaseImageAndTag", "ChooseBaseImage", "no known task chooses the base image")]
    [DataRow("CreateImageIndex", "MakeIndex", "the task CreateImageIndex is not called")]
    [DataRow("<CreateNewImage ", "<CreateNewImage Condition='true' ", "CreateNewImage has a form that the package does not know")]
    [DataRow("</Project>", "", "the file is not valid XML")]
    public void Obstacle_is_named(string old, string replacement, string obstacle) =>
        Assert.AreEqual(obstacle, ObstacleIn(targets => targets.Replace(old, replacement, StringComparison.Ordinal)));

    [TestMethod]
    public void Task_of_another_name_is_named() => Assert.AreEqual(
        "there is a task PushImage, which the package does not know",
        ObstacleIn(changeProps: props => props.Replace(".CreateImageIndex\"", ".PushImage\"", StringComparison.Ordinal)));

    [TestMethod]
    public void Targets_of_10_MB_are_not_searched() =>
        Assert.AreEqual("Microsoft.NET.Build.Containers.targets has more than 200000 characters", ObstacleIn(targets => targets + new string(' ', 10_000_000)));

    private static string? ObstacleIn(Func<string, string>? changeTargets = null, Func<string, string>? changeProps = null) =>
        Look(changeTargets, changeProps, static targets => targets.FindObstacle());

    private static bool AreKnown(Func<string, string> changeTargets, Func<string, string> changeProps) =>
        Look(changeTargets, changeProps, static targets => targets.AreKnown);

    private static T Look<T>(Func<string, string>? changeTargets, Func<string, string>? changeProps, Func<ContainerTargets, T> look)
    {
        using var folder = new TemporaryFolder();
        string targets = Copy(".targets", changeTargets);
        Copy(".props", changeProps);
        return look(new ContainerTargets(targets, PackageTargets.OfThisTool));

        string Copy(string extension, Func<string, string>? change)
        {
            string name = "Microsoft.NET.Build.Containers" + extension;
            string text = File.ReadAllText(Path.Combine(InstalledFolder, "Containers", "build", name));
            File.WriteAllText(folder.Combine(name), change is null ? text : change(text));
            return folder.Combine(name);
        }
    }
}
