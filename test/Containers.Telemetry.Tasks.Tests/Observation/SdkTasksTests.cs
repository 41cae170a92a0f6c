using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Containers.Telemetry.Sdk;
using Containers.Telemetry.Tasks;
using Containers.Telemetry.TestInfrastructure;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class SdkTasksTests
{
    [TestMethod]
    public void Create_SeveralTasks_LoadsTheSdksAssemblyOnceAndApart()
    {
        Type image = ObservedSdk.CreateTask("CreateNewImage").GetType();
        Type index = ObservedSdk.CreateTask("CreateImageIndex").GetType();

        Assert.AreSame(image.Assembly, index.Assembly);
        Assert.HasCount(1, AssemblyLoadContext.All.Where(context => context.Assemblies.Contains(image.Assembly)));
        Assert.AreNotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(image.Assembly));
    }

    [TestMethod]
    public void Create_ManyAtOnce_LoadTheSdksAssemblyOnce()
    {
        Type[] types = [.. Enumerable.Range(0, 32).AsParallel().Select(_ => ObservedSdk.CreateTask("ParseContainerProperties").GetType())];

        Assert.HasCount(1, types.Distinct());
    }

    [TestMethod]
    public void Create_TaskThatTheSdkLacks_Throws() =>
        Assert.ThrowsExactly<TypeLoadException>(() => SdkTasks.Create("CreateNothing", null, ObservedSdk.TargetsFile));

    [TestMethod]
    public void Create_NoSdkWhereItIsLookedFor_Throws()
    {
        using var folder = new TestFolder();

        Assert.ThrowsExactly<FileNotFoundException>(() => SdkTasks.Create("CreateNewImage", "gone.dll", folder.Combine("build", "x.targets")));
    }

    [TestMethod]
    public void Create_AssemblyThatTheTargetsName_IsTheOneThatIsUsed()
    {
        using var folder = new TestFolder();
        string copy = folder.Combine("Custom.Tasks.dll");
        File.Copy(ObservedSdk.TaskAssembly.Location, copy);

        Assert.AreEqual(copy, SdkTasks.Create("CreateNewImage", copy, ObservedSdk.TargetsFile).Task.GetType().Assembly.Location);
    }

    /// <summary>Somebody who builds container tasks of their own gets MSBuild's assemblies in the same folder.</summary>
    [TestMethod]
    public void Create_AssemblyWithThoseOfMSBuildBeside_IsATaskOfThisMSBuild()
    {
        using var folder = new TestFolder();
        string copy = folder.Combine("Custom.Tasks.dll");
        File.Copy(ObservedSdk.TaskAssembly.Location, copy);
        foreach (Assembly assembly in (Assembly[])[typeof(ITask).Assembly, typeof(Microsoft.Build.Utilities.Task).Assembly])
        {
            File.Copy(assembly.Location, folder.Combine(Path.GetFileName(assembly.Location)));
        }

        Assert.IsInstanceOfType<ITask>(SdkTasks.Create("CreateNewImage", copy, ObservedSdk.TargetsFile).Task);
    }

    [TestMethod]
    public void FindAssembly_SeveralFrameworks_GivesTheNewestThatRunsHere()
    {
        using var folder = new TestFolder();
        string next = $"net{Environment.Version.Major + 1}.0";
        string current = $"net{Environment.Version.Major}.0";
        foreach (string framework in (string[])["net472", "net8.0", "net9.0", current, next])
        {
            folder.Write(Path.Combine("tasks", framework, "Microsoft.NET.Build.Containers.dll"), "");
        }

        folder.Write(Path.Combine("tasks", $"net{Environment.Version.Major}.9", "Other.dll"), "");

        Assert.AreEqual(
            folder.Combine("tasks", current, "Microsoft.NET.Build.Containers.dll"),
            SdkTasks.FindAssembly(folder.Combine("build", "Microsoft.NET.Build.Containers.targets")));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("x.targets")]
    public void FindAssembly_NoFolderToLookIn_GivesNone(string? targetsFile) => Assert.IsNull(SdkTasks.FindAssembly(targetsFile));

    [TestMethod]
    public void Execute_GermanMachine_LogsTheGermanText()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        var engine = new RecordingBuildEngine();
        var task = new ParseContainerProperties
        {
            BuildEngine = engine,
            FullyQualifiedBaseImageName = "a/b",
            ContainerRepository = "app",
            ContainerRegistry = "!",
        };
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
            Assert.IsFalse(task.Execute());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        string german = string.Format(CultureInfo.InvariantCulture, ObservedSdk.Messages["de"]["CouldntRecognizeRegistry"], "!");
        CollectionAssert.AreEqual(new[] { "error " + german }, engine.Log);
        Assert.AreEqual("invalid_registry", engine.Telemetry.Single().Properties["error"]);
    }
}
