using System.Globalization;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Tool.Tests.Commands;

[TestClass]
public sealed class ExportDatasetTests
{
    private const int Users = 300;

    // With this budget a test needs few users.
    private static readonly string[] Summer = ["export-dataset", "--quarter", "2026Q3", "--epsilon", "10", "--delta", "0.001"];
    private static readonly DateTimeOffset August = new(2026, 8, 20, 9, 30, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("export-dataset")]
    [DataRow("publish-data")]
    public void The_file_has_rows_and_the_output_states_their_accuracy(string command)
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);

        var (exitCode, text) = tool.Run([command, .. Summer[1..], "-o", "data.tsv"]);

        Assert.AreEqual(0, exitCode, text);
        Assert.Contains("data.tsv: 1 row of 2026Q3, epsilon 10, delta 0.001. The noise in a count is about ", text);
        Assert.Contains(
            "note: For you alone: 300 publishes are in rows as they are, 0 in rows that are generalised, 0 in none, and 0 without a user id are not counted.",
            text);
        string[] lines = File.ReadAllLines(Path.Combine(tool.Home, "data.tsv"));
        Assert.HasCount(2, lines);
        Assert.StartsWith("2026-08-20\t", lines[1]);
        Assert.AreEqual(Users, double.Parse(lines[1].Split('\t')[1], CultureInfo.InvariantCulture), 150.0);
    }

    [TestMethod]
    public void Exporting_twice_gives_the_same_file_despite_later_events()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);
        tool.Run([.. Summer, "-o", "first.tsv"]);
        Store(tool, 500, August.AddDays(1));

        var (exitCode, text) = tool.Run([.. Summer, "-o", "second.tsv"]);

        Assert.AreEqual(0, exitCode);
        Assert.Contains("note: This dataset was made earlier. Events since then are not in it, so that nobody can compare two datasets.", text);
        Assert.AreEqual(File.ReadAllText(Path.Combine(tool.Home, "first.tsv")), File.ReadAllText(Path.Combine(tool.Home, "second.tsv")));
    }

    [TestMethod]
    public void Another_budget_is_refused_once_there_is_a_dataset()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);
        tool.Run([.. Summer, "-o", "first.tsv"]);

        var (exitCode, text) = tool.Run("export-dataset", "--quarter", "2026Q3", "-o", "second.tsv");

        Assert.AreEqual(3, exitCode);
        Assert.AreEqual(
            "error: 2026Q3 has a dataset of --epsilon 10 --delta 0.001 already, and a second one would reveal more. Use these values. "
                + "If nobody has it, delete ~/.local/share/containers-telemetry/dataset/2026Q3.dataset first.\n",
            text);
        Assert.IsFalse(File.Exists(Path.Combine(tool.Home, "second.tsv")));
    }

    [TestMethod]
    public void A_quarter_that_has_not_ended_is_marked_in_each_row_and_ends_apart()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, SampleEvents.Now.AddDays(-1));

        var (exitCode, text) = tool.Run(
            "export-dataset", "--quarter", "2026Q4", "--include-unfinished", "--epsilon", "10", "--delta", "0.001", "-o", "data.tsv");

        Assert.AreEqual(0, exitCode, text);
        Assert.Contains("1 row of 2026Q4 unfinished", text);
        Assert.StartsWith("2026-11-19 unfinished\t", File.ReadAllLines(Path.Combine(tool.Home, "data.tsv"))[1]);
        Assert.IsTrue(File.Exists(Path.Combine(tool.StorePath, "dataset", "2026Q4-unfinished.dataset")));
    }

    [TestMethod]
    public void Json_on_standard_output_includes_the_budget_and_nothing_else_is_printed()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);

        var (exitCode, text) = tool.Run([.. Summer, "--json", "-o", "-"]);

        Assert.AreEqual(0, exitCode);
        using JsonDocument document = JsonDocument.Parse(text[text.IndexOf('{')..]);
        Assert.AreEqual("2026Q3", document.RootElement.GetProperty("quarter").GetString());
        Assert.AreEqual(10, document.RootElement.GetProperty("epsilon").GetDouble());
        Assert.AreEqual(1, document.RootElement.GetProperty("rows").GetArrayLength());
        Assert.IsFalse(File.Exists(Path.Combine(tool.Home, "-")));
    }

    [TestMethod]
    public void A_store_that_has_made_a_dataset_can_be_imported()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);
        tool.Run([.. Summer, "-o", "data.tsv"]);

        var (exitCode, text) = tool.Run("import", tool.StorePath, "--store", Path.Combine(tool.Home, "other"));

        Assert.AreEqual(0, exitCode, text);
        Assert.Contains("300", text);
    }

    [TestMethod]
    public void Few_users_give_no_file()
    {
        using var tool = new ToolInProcess();
        Store(tool, 9, August);

        var (exitCode, text) = tool.Run([.. Summer, "-o", "data.tsv"]);

        Assert.AreEqual(1, exitCode);
        Assert.Contains("No row of 2026Q3 has enough users to hide each of them, so there is no file.", text);
        Assert.Contains("9 in none", text);
        Assert.IsFalse(File.Exists(Path.Combine(tool.Home, "data.tsv")));
        Assert.IsFalse(
            File.Exists(Path.Combine(tool.StorePath, "dataset", "2026Q3.dataset")), "A dataset without rows must not be stored: later events may add rows.");
    }

    [TestMethod]
    public void An_unreadable_dataset_is_not_replaced()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);
        Directory.CreateDirectory(Path.Combine(tool.StorePath, "dataset"));
        File.WriteAllText(Path.Combine(tool.StorePath, "dataset", "2026Q3.dataset"), "{");

        var (exitCode, text) = tool.Run([.. Summer, "-o", "data.tsv"]);

        Assert.AreEqual(3, exitCode);
        Assert.AreEqual(
            "error: The earlier dataset in ~/.local/share/containers-telemetry/dataset/2026Q3.dataset, or the secret beside it, cannot be read. "
                + "If nobody has a dataset of this store, delete both.\n",
            text);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_may_write_to_is_refused_with_the_command()
    {
        using var tool = new ToolInProcess();
        Store(tool, Users, August);
        string dataset = Directory.CreateDirectory(Path.Combine(tool.StorePath, "dataset")).FullName;
        File.SetUnixFileMode(dataset, File.GetUnixFileMode(dataset) | UnixFileMode.OtherWrite);

        var (exitCode, text) = tool.Run([.. Summer, "-o", "data.tsv"]);

        Assert.AreEqual(3, exitCode);
        Assert.AreEqual(
            "error: Other users may write to the folder dataset of the store, or a file in it. "
                + "Run chmod -R go-w ~/.local/share/containers-telemetry/dataset.\n",
            text);
        Assert.IsEmpty(Directory.GetFileSystemEntries(dataset));
    }

    private static void Store(ToolInProcess tool, int users, DateTimeOffset time) => SampleEvents.Store(
        tool.StorePath,
        [.. Enumerable.Range(0, users).Select(user => OfUser(SampleEvents.Success(time, (time.Day * 1000) + user), user))]);

    private static ContainerEvent OfUser(ContainerEvent containerEvent, int user)
    {
        containerEvent.Set(IdentityFields.AnonymousUserId, new Guid(user + 1, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]));
        return containerEvent;
    }
}
