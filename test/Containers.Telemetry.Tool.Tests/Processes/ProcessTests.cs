using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>The tool from end to end.</summary>
[TestClass]
public sealed class ProcessTests(TestContext testContext)
{
    [TestMethod]
    public async Task A_choice_applies_to_the_next_process()
    {
        using var tool = new ToolProcess();

        CommandResult before = await tool.RunAsync("status");
        CommandResult enable = await tool.RunAsync("enable");
        CommandResult after = await tool.RunAsync("status", "--json");

        Assert.AreEqual(1, before.ExitCode);
        Assert.StartsWith("Telemetry  off, by the environment variable DOTNET_CLI_TELEMETRY_OPTOUT", before.StandardOutput);
        Assert.AreEqual(0, enable.ExitCode);
        Assert.AreEqual(0, after.ExitCode);
        using JsonDocument status = JsonDocument.Parse(after.StandardOutput);
        Assert.AreEqual("the stored choice", status.RootElement.GetProperty("rule").GetString());
        Assert.AreEqual(tool.StorePath, status.RootElement.GetProperty("store").GetProperty("path").GetString());
    }

    [TestMethod]
    public async Task Results_go_to_standard_output_and_everything_else_to_standard_error()
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));

        CommandResult show = await tool.RunAsync("show", "--events", "--json");
        CommandResult mistake = await tool.RunAsync("show", "--jso");
        CommandResult nothing = await tool.RunAsync("show", "--outcome", "error", "--json");

        Assert.AreEqual("", show.StandardError);
        Assert.AreEqual(JsonValueKind.Object, JsonDocument.Parse(show.StandardOutput).RootElement.ValueKind);
        Assert.AreEqual("", mistake.StandardOutput);
        Assert.AreEqual(2, mistake.ExitCode);
        Assert.AreEqual("", nothing.StandardOutput);
        Assert.StartsWith("No publish matches the filters.", nothing.StandardError);
        Assert.AreEqual(1, nothing.ExitCode);
    }

    [TestMethod]
    public async Task Culture_and_time_zone_change_only_the_times_for_people()
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        tool.Environment = tool.Environment.With("LC_ALL", "de_DE.UTF-8").With("LANG", "de_DE.UTF-8").With("TZ", "Asia/Kolkata");

        CommandResult text = await tool.RunAsync("show", "--events");
        CommandResult json = await tool.RunAsync("show", "--events", "--json");

        Assert.AreEqual("2026-11-20 15:00:00  success   MCR -> GitHub  linux-x64  87.0 MiB  4.8 s", text.StandardOutput.TrimEnd());
        Assert.Contains("\"Time\":\"2026-11-20T09:30:00.0000000Z\"", json.StandardOutput);
    }

    [TestMethod]
    public async Task Purge_empties_the_store()
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2));

        CommandResult purge = await tool.RunAsync("purge", "--yes");

        Assert.AreEqual("Deleted 2 events.", purge.StandardOutput.TrimEnd());
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(tool.StorePath, "events"), "*.jsonl"));
    }

    [TestMethod]
    public async Task The_store_option_replaces_the_users_own_store()
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(Path.Combine(tool.Folder, "original"), SampleEvents.Success(SampleEvents.Now));

        CommandResult import = await tool.RunAsync("import", "original", "--store", "fleet");
        CommandResult show = await tool.RunAsync("--store", "fleet", "show");

        Assert.AreEqual(0, import.ExitCode, import.StandardError);
        Assert.AreEqual(0, show.ExitCode);
        Assert.IsFalse(Directory.Exists(tool.StorePath));
    }

    [TestMethod]
    public async Task Follow_prints_events_as_they_come()
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        using Process follow = tool.Start(DotnetHost.Path, ToolProcess.Assembly, "show", "--events", "--follow", "--json");
        try
        {
            string? present = await follow.StandardOutput.ReadLineAsync();
            SampleEvents.Store(tool.StorePath, SampleEvents.Error(SampleEvents.Now, 2));
            string? added = await follow.StandardOutput.ReadLineAsync();
            SampleEvents.Store(tool.StorePath, SampleEvents.Canceled(SampleEvents.Now, 3));
            string? last = await follow.StandardOutput.ReadLineAsync();

            Assert.Contains("\"Outcome\":\"success\"", present!);
            Assert.Contains("\"Outcome\":\"error\"", added!);
            Assert.Contains("\"Outcome\":\"canceled\"", last!);
        }
        finally
        {
            follow.Kill();
        }
    }

    [TestMethod]
    public async Task Follow_continues_after_a_purge_and_in_a_new_store()
    {
        using var tool = new ToolProcess();
        using Process follow = tool.Start(DotnetHost.Path, ToolProcess.Assembly, "show", "--events", "--follow", "--json");
        try
        {
            // Each store has fewer events than the previous one, so that files with the same name differ.
            SampleEvents.Store(
                tool.StorePath, SampleEvents.Inference(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now, 2));
            string[] ofNone = [await ReadAsync(), await ReadAsync(), await ReadAsync()];
            CommandResult purge = await tool.RunAsync("purge", "--yes");
            SampleEvents.Store(tool.StorePath, SampleEvents.Error(SampleEvents.Now, 3), SampleEvents.Error(SampleEvents.Now, 4));
            string[] ofPurged = [await ReadAsync(), await ReadAsync()];
            Directory.Delete(tool.StorePath, recursive: true);
            SampleEvents.Store(tool.StorePath, SampleEvents.Canceled(SampleEvents.Now, 5));
            string ofNew = await ReadAsync();

            Assert.AreEqual("Deleted 3 events.", purge.StandardOutput.TrimEnd());
            Assert.Contains("\"Outcome\":\"success\"", ofNone[2]);
            Assert.Contains("\"Outcome\":\"error\"", ofPurged[1]);
            Assert.Contains("\"Outcome\":\"canceled\"", ofNew);
        }
        finally
        {
            follow.Kill();
        }

        async Task<string> ReadAsync() =>
            await follow.StandardOutput.ReadLineAsync(testContext.CancellationToken)
                ?? await follow.StandardError.ReadToEndAsync(testContext.CancellationToken);
    }

    [TestMethod]
    [DataRow("--events")]
    [DataRow("--json")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Follow_ends_with_0_on_Ctrl_C(string option)
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        (string program, string[] arguments) = Interruptible.Of(DotnetHost.Path, [ToolProcess.Assembly, "show", "--follow", option]);
        using Process follow = tool.Start(program, arguments);
        Assert.IsNotNull(await follow.StandardOutput.ReadLineAsync(testContext.CancellationToken));

        using Process interrupt = tool.Start("kill", "-INT", follow.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await follow.StandardOutput.ReadToEndAsync(testContext.CancellationToken);
        Assert.AreEqual("", await follow.StandardError.ReadToEndAsync(testContext.CancellationToken));
        await follow.WaitForExitAsync(testContext.CancellationToken);

        Assert.AreEqual(0, follow.ExitCode);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Follow_ends_when_its_output_is_closed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("On Windows a program does not learn that its reader has ended.");
            return;
        }

        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));

        using Process pipeline = tool.Start(
            "/bin/sh",
            "-c",
            "{ \"$@\"; echo $? >exit-code; } | head -n 1",
            "sh",
            DotnetHost.Path,
            ToolProcess.Assembly,
            "show",
            "--events",
            "--follow",
            "--json");
        string text = await pipeline.StandardOutput.ReadToEndAsync(testContext.CancellationToken);
        string error = await pipeline.StandardError.ReadToEndAsync(testContext.CancellationToken);

        Assert.Contains("\"Outcome\":\"success\"", text);
        Assert.AreEqual("", error);
        Assert.AreEqual("0", (await File.ReadAllTextAsync(Path.Combine(tool.Folder, "exit-code"), testContext.CancellationToken)).TrimEnd());
    }

    [TestMethod]
    public async Task A_deleted_working_directory_matters_for_relative_paths_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows keeps the current folder of a process.");
            return;
        }

        using var tool = new ToolProcess();

        Assert.AreEqual((0, ""), await RunAsync("schema"));
        Assert.AreEqual((0, ""), await RunAsync("import", tool.Folder, "--store", Path.Combine(tool.Folder, "fleet")));
        Assert.AreEqual(
            (3, "error: The current folder was deleted, and agent.jsonl would be in it. Change to another folder, or name a full path.\n"),
            await RunAsync("import", "agent.jsonl"));

        async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(tool.Folder, "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)), testContext.CancellationToken);
            using Process process = tool.Start(
                "/bin/sh",
                ["-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$@\" >/dev/null", "sh", DotnetHost.Path, ToolProcess.Assembly, .. arguments]);
            string error = await process.StandardError.ReadToEndAsync(testContext.CancellationToken);
            await process.WaitForExitAsync(testContext.CancellationToken);
            return (process.ExitCode, error);
        }
    }

    [TestMethod]
    [NeedsTerminal]
    public async Task Consent_in_a_terminal_stores_the_answer()
    {
        using var tool = new ToolProcess();

        var (exitCode, text) = await tool.RunInTerminalAsync("y\n", "consent");

        Assert.AreEqual(0, exitCode, text);
        Assert.Contains("May your container publishes be observed?", text);
        Assert.AreEqual(0, (await tool.RunAsync("status")).ExitCode);
    }

    [TestMethod]
    [NeedsTerminal]
    public async Task An_interrupted_progress_bar_shows_the_cursor_again()
    {
        // This server accepts a connection and never answers.
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        using var tool = new ToolProcess();
        OtlpSettings settings = OtlpSettings.Resolve($"http://{receiver.LocalEndpoint}", allowInsecureEndpoint: null, _ => null, [])!;
        new Outbox(Path.Combine(tool.StorePath, "outbox"), settings.Logs!).Append(SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        tool.Environment = tool.Environment.With("TERM", "xterm");

        using Process flush = tool.Start("script", "-qec", $"exec '{DotnetHost.Path}' '{ToolProcess.Assembly}' flush", "/dev/null");
        var text = new StringBuilder();
        while (!text.ToString().Contains("\e[?25l", StringComparison.Ordinal) && flush.StandardOutput.Read() is >= 0 and int character)
        {
            text.Append((char)character);
        }

        await flush.StandardInput.WriteAsync("\x03");
        await flush.StandardInput.FlushAsync();
        string rest = await flush.StandardOutput.ReadToEndAsync();

        Assert.Contains("\e[?25h", rest, text + rest);
    }

    [TestMethod]
    [NeedsTerminal]
    [DataRow("TERM", "xterm-256color", true)]
    [DataRow("TERM", "dumb", false)]
    [DataRow("NO_COLOR", "1", false)]
    public async Task Colours_depend_on_the_terminal_and_its_variables(string variable, string value, bool expected)
    {
        using var tool = new ToolProcess();
        tool.Environment = tool.Environment.With("TERM", "xterm").With(variable, value);

        var (_, text) = await tool.RunInTerminalAsync("", "status");

        Assert.Contains("Telemetry", text);
        // In a terminal with such a feature, the runtime itself writes a sequence that sets up the keypad.
        Assert.AreEqual(expected, text.Contains("\e[2m", StringComparison.Ordinal), text);
    }

    [TestMethod]
    [NeedsTerminal]
    [DataRow("TERM", "xterm", true)]
    [DataRow("TERM", "dumb", false)]
    [DataRow("NO_COLOR", "1", false)]
    public async Task Import_shows_a_progress_bar_only_if_the_terminal_can_move_the_cursor(string variable, string value, bool expected)
    {
        using var tool = new ToolProcess();
        await File.WriteAllBytesAsync(
            Path.Combine(tool.Folder, "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)), testContext.CancellationToken);
        tool.Environment = tool.Environment.With("TERM", "xterm").With(variable, value);

        var (exitCode, text) = await tool.RunInTerminalAsync("", "import", "agent.jsonl");

        Assert.AreEqual(0, exitCode, text);
        Assert.AreEqual(expected, text.Contains("Importing", StringComparison.Ordinal), text);
        Assert.EndsWith("Imported 1 event from 1 file.", text.TrimEnd());
    }

    [TestMethod]
    public async Task The_progress_bar_of_an_import_is_removed_at_the_end()
    {
        if (Tmux.Program is null)
        {
            Assert.Inconclusive("There is no tmux on this machine.");
            return;
        }

        using var tool = new ToolProcess();
        await File.WriteAllBytesAsync(
            Path.Combine(tool.Folder, "agent.jsonl"),
            [.. SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)), .. "torn\n"u8],
            testContext.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(tool.Folder, "notes.json"), "none", testContext.CancellationToken);

        var (exitCode, screen) = await Tmux.RunAsync(tool.Environment, tool.Folder, [ToolProcess.Assembly, "import", "agent.jsonl", "notes.json"]);

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual(
            """
            notes.json is not a file of OTLP/JSON lines; nothing was imported from it.
            Imported 1 event from 2 files.
            note: 1 line could not be read: agent.jsonl:2: not JSON
            """.ReplaceLineEndings("\n"),
            screen);
    }

    [TestMethod]
    [DataRow("status")]
    [DataRow("schema")]
    [DataRow("report", "--format", "json")]
    public async Task Output_that_cannot_be_written_is_a_failure_of_one_line(params string[] arguments)
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Inconclusive("There is no /dev/full on this machine.");
            return;
        }

        using var tool = new ToolProcess();
        using Process process = tool.Start("/bin/sh", ["-c", "exec \"$@\" >/dev/full", "sh", DotnetHost.Path, ToolProcess.Assembly, .. arguments]);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.AreEqual(3, process.ExitCode, error);
        Assert.StartsWith("error: The output cannot be written: ", error);
        Assert.AreEqual(1, error.TrimEnd().Split('\n').Length, error);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("exec \"$@\" >&-", 3, "error: The output cannot be written: standard output is closed, or open for reading only. Send it to a file or a program.\n")]
    [DataRow("\"$@\" -o /dev/stdout | grep -q publishes && echo piped >&2", 0, "piped\n")]
    public async Task Output_that_is_closed_is_named_and_a_pipe_is_written_to(string command, int expectedExitCode, string expectedError)
    {
        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        using Process process = tool.Start("/bin/sh", ["-c", command, "sh", DotnetHost.Path, ToolProcess.Assembly, "report", "--format", "json"]);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.AreEqual(expectedError, error);
        Assert.AreEqual(expectedExitCode, process.ExitCode);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Opening_a_page_does_not_wait_for_the_browser()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("This test simulates the browser of a Linux desktop.");
            return;
        }

        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        string programs = Directory.CreateDirectory(Path.Combine(tool.Folder, "programs")).FullName;
        string browser = Path.Combine(programs, "xdg-open");
        // This browser keeps the page open until the test closes it, and writes to its output meanwhile.
        await File.WriteAllTextAsync(
            browser,
            """
            #!/bin/sh
            echo noise
            test -f "$1" && echo "$1" >opened.tmp && mv opened.tmp opened
            while [ -e opened ] && [ ! -e closed ]; do sleep 0.1; done

            """);
        File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        tool.Environment = tool.Environment.With("PATH", programs + Path.PathSeparator + tool.Environment.Variables["PATH"]).With("DISPLAY", ":0");

        using Process report = tool.Start(DotnetHost.Path, ToolProcess.Assembly, "report", "--format", "html", "-o", "my report.html", "--open");
        string text = await report.StandardOutput.ReadToEndAsync(testContext.CancellationToken)
            + await report.StandardError.ReadToEndAsync(testContext.CancellationToken);
        await report.WaitForExitAsync(testContext.CancellationToken);
        while (!File.Exists(Path.Combine(tool.Folder, "opened")))
        {
            await Task.Delay(50, testContext.CancellationToken);
        }

        string opened = await File.ReadAllTextAsync(Path.Combine(tool.Folder, "opened"));
        await File.WriteAllTextAsync(Path.Combine(tool.Folder, "closed"), "");
        Assert.AreEqual((0, ""), (report.ExitCode, text));
        Assert.AreEqual(Path.Combine(tool.Folder, "my report.html"), opened.TrimEnd());
    }

    [TestMethod]
    public async Task Opening_a_page_without_a_browser_says_where_it_is()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("This test simulates the browser of a Linux desktop.");
            return;
        }

        using var tool = new ToolProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        tool.Environment = tool.Environment.With("PATH", tool.Folder);

        CommandResult withoutDisplay = await tool.RunAsync("report", "-o", "report.html", "--open");
        tool.Environment = tool.Environment.With("DISPLAY", ":0");
        CommandResult report = await tool.RunAsync("report", "-o", "report.html", "--open");

        Assert.AreEqual(3, withoutDisplay.ExitCode);
        Assert.AreEqual(
            $"error: There is no display to open {Path.Combine(tool.Folder, "report.html")} on. The file is written: copy it to a machine with a browser.",
            withoutDisplay.StandardError.TrimEnd());
        Assert.AreEqual(3, report.ExitCode);
        Assert.AreEqual(
            $"error: No program was found to open {Path.Combine(tool.Folder, "report.html")} with. Open it yourself.", report.StandardError.TrimEnd());
        Assert.IsTrue(File.Exists(Path.Combine(tool.Folder, "report.html")));
    }
}
