using System.Runtime.Versioning;
using System.Text.Json;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Sdks;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>The doctor, on projects that the installed SDK evaluates.</summary>
[TestClass]
public sealed class DoctorTests
{
    private const UnixFileMode Everything = (UnixFileMode)0b111_111_111;

    [TestMethod]
    public async Task A_project_with_the_package_is_observed()
    {
        using var tool = new ToolProcess();
        WriteProject(tool, "<ContainersTelemetry>true</ContainersTelemetry>");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(0, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        Assert.EndsWith("Publishes of this project are observed.\n", doctor.StandardOutput.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DataRow("consent", "", "Unset it, or run containers-telemetry enable")]
    [DataRow("consent", "<ContainersTelemetry>false</ContainersTelemetry>", "Remove it from the project")]
    [DataRow("containers", "<ContainersTelemetry>true</ContainersTelemetry><EnableSdkContainerSupport>false</EnableSdkContainerSupport>", "Set the property EnableSdkContainerSupport to true.")]
    [DataRow("containers", "<ContainersTelemetry>true</ContainersTelemetry><OutputType>Library</OutputType>", "Set OutputType to Exe")]
    [DataRow("containers", "<ContainersTelemetry>true</ContainersTelemetry><IsPublishable>false</IsPublishable>", "Remove the property IsPublishable.")]
    [DataRow("store", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryStore>/dev/null/store</ContainersTelemetryStore>", "Make it a folder that you may write to")]
    [DataRow("store-setting", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryStore>~/x</ContainersTelemetryStore>", "Correct the setting.")]
    [DataRow("endpoint", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryEndpoint>http://127.0.0.1:9</ContainersTelemetryEndpoint>", "Start the collector there")]
    [DataRow("endpoint-setting", "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryEndpoint>http://collector.example</ContainersTelemetryEndpoint>", "Correct the setting.")]
    public async Task Each_obstacle_is_named_with_its_remedy(string check, string properties, string remedy)
    {
        using var tool = new ToolProcess();
        WriteProject(tool, properties);

        CommandResult doctor = await tool.RunAsync("doctor", "--json");

        AssertOneFault(doctor, check, remedy);
    }

    [TestMethod]
    public async Task A_folder_of_settings_that_takes_no_identity_is_named()
    {
        using var tool = new ToolProcess();
        WriteProject(tool, "<ContainersTelemetry>true</ContainersTelemetry>");
        string settings = Path.Combine(tool.Folder, "home", ".config", "containers-telemetry");

        Assert.AreEqual(0, (await tool.RunAsync("doctor")).ExitCode);
        Assert.IsFalse(Directory.Exists(settings));

        Directory.CreateDirectory(Path.GetDirectoryName(settings)!);
        File.WriteAllText(settings, "");

        AssertOneFault(await tool.RunAsync("doctor", "--json"), "settings", "Make it a folder that you may write to.", "events have no id of the user");
    }

    [TestMethod]
    [DataRow(200, "accepted a test log record and answered HTTP 200", "accepted a test span and answered HTTP 200", "accepted a test metrics request and answered HTTP 200")]
    [DataRow(401, "did not accept a test log record and answered HTTP 401", "did not accept a test span and answered HTTP 401", "did not accept a test metrics request and answered HTTP 401")]
    public async Task A_test_record_is_sent_on_request_and_the_answer_shown(int status, string logs, string span, string metrics)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(status);
        using var tool = new ToolProcess();
        WriteProject(
            tool,
            $"<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryEndpoint>{receiver.Address}</ContainersTelemetryEndpoint>"
                + "<ContainersTelemetryMetrics>true</ContainersTelemetryMetrics>");

        CommandResult doctor = await tool.RunAsync("doctor", "--send-test", "--json");

        Assert.AreEqual(status == 200 ? 0 : 1, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        Assert.Contains(logs, doctor.StandardOutput);
        Assert.Contains(span, doctor.StandardOutput);
        Assert.Contains(metrics, doctor.StandardOutput);
        Assert.Contains($"Metrics are sent to {receiver.Address}v1/metrics by http/protobuf.", doctor.StandardOutput);
        CollectionAssert.AreEqual(new[] { "/v1/logs", "/v1/traces", "/v1/metrics" }, receiver.Requests.Select(static request => request.Path).ToArray());
        Assert.IsTrue(receiver.Requests.Take(2).All(static request => request.Text.Contains("test record of containers-telemetry", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_test_record_is_sent_once_more_without_the_compression_that_the_endpoint_does_not_take()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Status(415), ReceiverBehavior.Accept, ReceiverBehavior.Status(415), ReceiverBehavior.Accept);
        using var tool = new ToolProcess();
        tool.Environment = tool.Environment.With("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
        WriteProject(tool, $"<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryEndpoint>{receiver.Address}</ContainersTelemetryEndpoint>");

        CommandResult doctor = await tool.RunAsync("doctor", "--send-test", "--json");

        Assert.AreEqual(0, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        Assert.Contains("accepted a test log record and answered HTTP 200", doctor.StandardOutput);
        Assert.Contains("accepted a test span and answered HTTP 200", doctor.StandardOutput);
        CollectionAssert.AreEqual(
            new[] { true, false, true, false }, receiver.Requests.Select(static request => request.Headers.ContainsKey("Content-Encoding")).ToArray());
    }

    [TestMethod]
    public async Task A_store_in_the_project_is_named_as_a_publish_finds_it()
    {
        using var tool = new ToolProcess();
        string project = Directory.CreateDirectory(Path.Combine(tool.Folder, "shop")).FullName;
        ProjectWithPackage.Write(
            Path.Combine(project, "App.csproj"),
            "<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryStore>relative</ContainersTelemetryStore>");

        CommandResult doctor = await tool.RunAsync("doctor", "shop");

        Assert.AreEqual(0, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        Assert.Contains($"Events can be stored in {Path.Combine(project, "relative")}.", doctor.StandardOutput);
    }

    [TestMethod]
    [DataRow("link", "store", "is a symbolic link", "Remove the link")]
    [DataRow("planted", "shared/link", "is a symbolic link", "Remove the link")]
    [DataRow("lock", "store", "is a symbolic link", "Remove the link")]
    [DataRow("open", "a store", "Other users may write to the folder events of the store.", "Run chmod -R go-w '")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_store_that_a_publish_would_refuse_is_reported(string danger, string store, string reason, string remedy)
    {
        using var tool = new ToolProcess();
        WriteProject(tool, $"<ContainersTelemetry>true</ContainersTelemetry><ContainersTelemetryStore>{store}</ContainersTelemetryStore>");
        string target = Directory.CreateDirectory(Path.Combine(tool.Folder, "target")).FullName;
        string folder = Path.Combine(tool.Folder, store);
        string events = Path.Combine(folder, "events");
        switch (danger)
        {
            case "link":
                Directory.CreateDirectory(folder);
                Directory.CreateSymbolicLink(events, target);
                break;
            case "planted":
                File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(tool.Folder, "shared")).FullName, Everything);
                Directory.CreateSymbolicLink(folder, target);
                break;
            case "lock":
                Directory.CreateDirectory(events);
                File.CreateSymbolicLink(Path.Combine(events, "lock"), Path.Combine(target, "lock"));
                break;
            default:
                File.SetUnixFileMode(Directory.CreateDirectory(events).FullName, Everything);
                break;
        }

        CommandResult doctor = await tool.RunAsync("doctor", "--json");

        AssertOneFault(doctor, "store", remedy, reason);
        Assert.IsEmpty(Directory.GetFileSystemEntries(target));
    }

    [TestMethod]
    [DataRow("ContainersTelemetryObservation=Bracketed", "is Bracketed", "Remove the property, or set it to Automatic.")]
    [DataRow("ContainerCustomTasksAssembly=gone.dll", "is not the full path of a file", "Remove the property ContainerCustomTasksAssembly")]
    public async Task The_reason_for_bracketed_publishes_is_named(string property, string reason, string remedy)
    {
        using var tool = new ToolProcess();
        WriteProject(tool, "<ContainersTelemetry>true</ContainersTelemetry>");

        AssertOneFault(await tool.RunAsync("doctor", "--json", "-p", property), "sdk", remedy, reason);
    }

    [TestMethod]
    public async Task A_parameter_of_the_container_targets_that_the_package_does_not_know_is_named()
    {
        using var tool = new ToolProcess();
        string folder = Directory.CreateDirectory(Path.Combine(tool.Folder, "targets")).FullName + Path.DirectorySeparatorChar;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(new InstalledSdks(MachineEnvironment.Current).Folders()[0], "Containers", "build")))
        {
            File.WriteAllText(
                Path.Combine(folder, Path.GetFileName(file)),
                File.ReadAllText(file).Replace("<CreateNewImage ", "<CreateNewImage Compression=\"zstd\" ", StringComparison.Ordinal));
        }

        WriteProject(
            tool,
            $"<ContainersTelemetry>true</ContainersTelemetry><_ContainersTargetsDir>{folder}</_ContainersTargetsDir>"
                + "<EnableSdkContainerSupport>true</EnableSdkContainerSupport>");

        AssertOneFault(
            await tool.RunAsync("doctor", "--json"),
            "sdk",
            "Update the package Containers.Telemetry.",
            "CreateNewImage is called with the parameter Compression");
    }

    [TestMethod]
    [DataRow("CONTAINERS_TELEMETRY_OPTOUT", "1", "the environment variable CONTAINERS_TELEMETRY_OPTOUT", "Unset it, or set it to 0.")]
    [DataRow("DOTNET_CLI_TELEMETRY_OPTOUT", "true", "the environment variable DOTNET_CLI_TELEMETRY_OPTOUT", "containers-telemetry enable")]
    [DataRow("DO_NOT_TRACK", "1", "the environment variable DO_NOT_TRACK", "containers-telemetry enable")]
    public async Task A_variable_that_opts_out_is_named_and_its_remedy_works(string variable, string value, string rule, string remedy)
    {
        using var tool = new ToolProcess();
        tool.Environment = tool.Environment.WithTelemetryUndecided().With(variable, value);
        WriteProject(tool, "");

        AssertOneFault(await tool.RunAsync("doctor", "--json"), "consent", remedy, rule);

        tool.Environment = tool.Environment.With(variable, "0");
        Assert.AreEqual(0, (await tool.RunAsync("doctor")).ExitCode);
    }

    [TestMethod]
    public async Task A_choice_that_opts_out_is_named_and_its_remedy_works()
    {
        using var tool = new ToolProcess();
        WriteProject(tool, "");
        await tool.RunAsync("disable");

        AssertOneFault(await tool.RunAsync("doctor", "--json"), "consent", "Run containers-telemetry enable.", "the stored choice");

        await tool.RunAsync("enable");
        Assert.AreEqual(0, (await tool.RunAsync("doctor")).ExitCode);
    }

    [TestMethod]
    public async Task A_project_that_requires_consent_says_how_to_give_it()
    {
        using var tool = new ToolProcess();
        tool.Environment = tool.Environment.WithTelemetryUndecided();
        WriteProject(tool, "<ContainersTelemetryConsent>Required</ContainersTelemetryConsent>");

        AssertOneFault(await tool.RunAsync("doctor", "--json"), "consent", "Run containers-telemetry consent.", "the property ContainersTelemetryConsent");
    }

    [TestMethod]
    public async Task A_project_without_the_package_gets_the_command_that_adds_it()
    {
        using var tool = new ToolProcess();
        WriteFile(
            tool,
            "App.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>"
                + "</Project>");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(1, doctor.ExitCode);
        Assert.Contains("The package Containers.Telemetry is not referenced.", doctor.StandardOutput);
        Assert.Contains("dotnet add package Containers.Telemetry", doctor.StandardOutput);
    }

    [TestMethod]
    public async Task A_reference_that_is_not_restored_is_distinguished_from_a_missing_one()
    {
        using var tool = new ToolProcess();
        WriteFile(
            tool,
            "App.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworks>net10.0;net8.0</TargetFrameworks></PropertyGroup>"
                + "<ItemGroup><PackageReference Include=\"Containers.Telemetry\" Version=\"0.1.0\" /></ItemGroup></Project>");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.Contains("Run dotnet restore.", doctor.StandardOutput);
        Assert.Contains("net10.0 was looked at", doctor.StandardOutput);
    }

    [TestMethod]
    public async Task A_project_that_MSBuild_cannot_read_is_a_failure_of_one_line()
    {
        using var tool = new ToolProcess();
        WriteFile(tool, "App.csproj", "<Project");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(3, doctor.ExitCode);
        Assert.StartsWith("error: App.csproj cannot be evaluated: MSB4025", doctor.StandardError);
        Assert.AreEqual(1, doctor.StandardError.TrimEnd().Split('\n').Length);
    }

    [TestMethod]
    public async Task An_SDK_that_is_asked_for_and_not_installed_is_named()
    {
        using var tool = new ToolProcess();
        WriteProject(tool, "");
        WriteFile(tool, "global.json", "{\"sdk\":{\"version\":\"8.0.100\",\"rollForward\":\"disable\"}}");

        CommandResult doctor = await tool.RunAsync("doctor");

        Assert.AreEqual(3, doctor.ExitCode);
        Assert.AreEqual(
            $"error: App.csproj cannot be evaluated: the .NET SDK 8.0.100, which {Path.Combine(tool.Folder, "global.json")} asks for, is not installed. "
                + "Make \"dotnet build\" work first.",
            doctor.StandardError.TrimEnd());
    }

    private static void AssertOneFault(CommandResult doctor, string check, string remedy, string reason = "")
    {
        Assert.AreEqual(1, doctor.ExitCode, doctor.StandardOutput + doctor.StandardError);
        using JsonDocument result = JsonDocument.Parse(doctor.StandardOutput);
        JsonElement[] faults =
            [.. result.RootElement.GetProperty("checks").EnumerateArray().Where(found => found.GetProperty("verdict").GetString() != "good")];
        Assert.HasCount(1, faults, doctor.StandardOutput);
        Assert.AreEqual(check, faults[0].GetProperty("name").GetString());
        Assert.Contains(reason, faults[0].GetProperty("text").GetString()!);
        Assert.Contains(remedy, faults[0].GetProperty("fix").GetString()!);
    }

    private static void WriteProject(ToolProcess tool, string properties) => ProjectWithPackage.Write(Path.Combine(tool.Folder, "App.csproj"), properties);

    private static void WriteFile(ToolProcess tool, string name, string content) => File.WriteAllText(Path.Combine(tool.Folder, name), content);
}
