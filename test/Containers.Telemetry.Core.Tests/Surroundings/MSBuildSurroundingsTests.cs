using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class MSBuildSurroundingsTests
{
    [TestMethod]
    [DataRow("dotnet", "Core", MSBuildHost.DotnetCli)]
    [DataRow("MSBuild", "Core", MSBuildHost.DotnetCli, DisplayName = "A node of the SDK is called MSBuild, too")]
    [DataRow("MSBUILD", null, MSBuildHost.DotnetCli)]
    [DataRow("dotnet", null, MSBuildHost.DotnetCli)]
    [DataRow("dotnet", "Full", MSBuildHost.MSBuildExe, DisplayName = "A task that .NET Framework's MSBuild sent to the SDK")]
    [DataRow("MSBuild", "Full", MSBuildHost.MSBuildExe)]
    [DataRow("acme-secret-builder", "Core", MSBuildHost.Other)]
    [DataRow(null, null, MSBuildHost.Other)]
    public void Detect_NoHostNamed_TellsByProcessAndRuntime(string? process, string? runtimeType, MSBuildHost expected)
    {
        FakeMachine machine = new() { ProcessName = process };

        Assert.AreEqual(expected, MSBuildSurroundings.Detect(machine, buildingInsideVisualStudio: false, runtimeType).Host);
    }

    [TestMethod]
    [DataRow("MSBUILD_HOST_NAME=VS", MSBuildHost.VisualStudio)]
    [DataRow("MSBUILD_HOST_NAME=VSCode", MSBuildHost.VSCode)]
    [DataRow("MSBUILD_HOST_NAME=acme-secret-builder", MSBuildHost.Other)]
    [DataRow("MSBUILD_HOST_NAME=acme-secret-builder;TERM_PROGRAM=vscode", MSBuildHost.Other)]
    [DataRow("VSCODE_CWD=/home/jane", MSBuildHost.VSCode)]
    [DataRow("TERM_PROGRAM=vscode", MSBuildHost.VSCode)]
    [DataRow("TERM_PROGRAM=iTerm.app", MSBuildHost.DotnetCli)]
    [DataRow("VSCODE_CWD=", MSBuildHost.DotnetCli)]
    public void Detect_Variable_TellsTheHost(string variables, MSBuildHost expected)
    {
        FakeMachine machine = FakeMachine.WithVariables(variables);

        Assert.AreEqual(expected, MSBuildSurroundings.Detect(machine, buildingInsideVisualStudio: false, "Core").Host);
    }

    [TestMethod]
    public void Detect_BuildingInsideVisualStudio_BeatsTheVariables()
    {
        FakeMachine machine = FakeMachine.WithVariables("VSCODE_CWD=/home/jane;MSBUILD_HOST_NAME=VSCode");

        Assert.AreEqual(MSBuildHost.VisualStudio, MSBuildSurroundings.Detect(machine, buildingInsideVisualStudio: true, "Full").Host);
    }

    [TestMethod]
    [DataRow("dotnet.dll publish", MSBuildNodeMode.InProcess)]
    [DataRow("MSBuild.dll /nologo /nodemode:1 /nodeReuse:false", MSBuildNodeMode.WorkerNode)]
    [DataRow("MSBuild.dll /nologo /nodemode:2", MSBuildNodeMode.TaskHost)]
    [DataRow("MSBuild.dll /nologo /nodemode:8", MSBuildNodeMode.Server)]
    [DataRow("MSBuild /noautoresponse /nologo /nodemode:OutOfProcNode", MSBuildNodeMode.WorkerNode)]
    [DataRow("MSBuild /nologo /NodeMode:OutOfProcTaskHostNode", MSBuildNodeMode.TaskHost)]
    [DataRow("MSBuild /nologo /nodemode:OutOfProcServerNode", MSBuildNodeMode.Server)]
    [DataRow("MSBuild /nologo /nodemode:3", MSBuildNodeMode.Other)]
    [DataRow("MSBuild /nologo /nodemode:acme-secret", MSBuildNodeMode.Other)]
    [DataRow("MSBuild /nologo /nodemode:", MSBuildNodeMode.Other)]
    [DataRow("dotnet.dll publish -p:Note=/nodemode:2", MSBuildNodeMode.InProcess, DisplayName = "A switch inside another argument")]
    [DataRow("/nodemode:2", MSBuildNodeMode.InProcess, DisplayName = "The program's own name")]
    [DataRow("", MSBuildNodeMode.InProcess)]
    public void Detect_CommandLine_TellsTheNodeMode(string commandLine, MSBuildNodeMode expected)
    {
        FakeMachine machine = new() { CommandLine = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries) };

        Assert.AreEqual(expected, MSBuildSurroundings.Detect(machine, buildingInsideVisualStudio: false, "Core").NodeMode);
    }
}
