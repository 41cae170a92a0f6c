using System.IO.Pipes;
using System.Text;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Import;

namespace Containers.Telemetry.Tool.Tests.Import;

/// <summary>An import that continues an interrupted one reads the right lines.</summary>
[TestClass]
public sealed class EventImporterTests : IDisposable
{
    private const string Address = "clickhouse://localhost/telemetry";

    private readonly TemporaryFolder _folder = new();

    private string Journals => _folder.Combine("imports");

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_pipe_is_read_from_its_first_line_even_if_another_had_its_name(bool wasReadWhole)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        string path = $"/dev/fd/{pipe.SafePipeHandle.DangerousGetHandle()}";
        BreakOff(path, Lines(1, 2), wasReadWhole);
        using (var writer = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle))
        {
            writer.Write(Encoding.UTF8.GetBytes(Lines(3, 3)));
        }

        Assert.HasCount(3, Import(path));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Creating a link needs a privilege on Windows.")]
    public void A_file_behind_a_link_that_grew_is_read_again()
    {
        string file = _folder.Combine("events.jsonl");
        string link = _folder.Combine("link.jsonl");
        File.WriteAllText(file, Lines(1, 2));
        File.CreateSymbolicLink(link, file);
        Assert.HasCount(2, Import(link));
        Assert.IsEmpty(Import(link));

        File.AppendAllText(file, Lines(3, 1));

        Assert.Contains(IdOf(3), Import(link));
    }

    [TestMethod]
    public void Lines_written_to_a_file_during_an_import_are_read_by_the_next_one()
    {
        string file = _folder.Combine("events.jsonl");
        File.WriteAllText(file, Lines(1, 2));

        Assert.HasCount(2, Import(file, atItsEnd: () => File.AppendAllText(file, Lines(3, 1))));

        Assert.Contains(IdOf(3), Import(file));
    }

    [TestMethod]
    public void Progress_counts_the_bytes_of_each_file_once_even_if_it_is_skipped_or_restarted()
    {
        string skipped = _folder.Combine("a.jsonl");
        string other = _folder.Combine("b.jsonl");
        File.WriteAllText(skipped, Lines(1, 2));
        Import(skipped);
        BreakOff(other, Lines(3, 2), wasReadWhole: false);
        File.WriteAllText(other, Lines(5, 4));
        long read = 0;

        var target = new Target();
        using (ImportJournal journal = Open())
        {
            var importer = new EventImporter(target, bytes => read = bytes, journal);
            importer.Import(skipped, "a.jsonl");
            Assert.AreEqual(new FileInfo(skipped).Length, read);
            importer.Import(other, "b.jsonl");
        }

        Assert.AreEqual(new FileInfo(skipped).Length + new FileInfo(other).Length, read);
    }

    [TestMethod]
    [DataRow("""{"Files":null,"Events":2}""")]
    [DataRow("""{"Files":{"PATH":null},"Events":2}""")]
    [DataRow("""{"Files":{"PATH":{"Lines":1,"Hash":null}},"Events":2}""")]
    [DataRow("null")]
    [DataRow("{")]
    public void An_unreadable_journal_counts_as_absent(string content)
    {
        string file = _folder.Combine("events.jsonl");
        File.WriteAllText(file, Lines(1, 2));
        BreakOff(file, Lines(1, 1), wasReadWhole: false);
        File.WriteAllText(Directory.GetFiles(Journals).Single(), content.Replace("PATH", file.Replace('\\', '/'), StringComparison.Ordinal));

        Assert.HasCount(2, Import(file));
    }

    [TestMethod]
    public void A_journal_in_the_store_is_not_imported_as_events()
    {
        string file = _folder.Combine("events.jsonl");
        File.WriteAllText(file, Lines(1, 3));

        Import(file);

        Assert.HasCount(1, Directory.GetFiles(Journals));
        Assert.IsEmpty(OtlpFiles.In(Journals, []));
    }

    [TestMethod]
    public void Imports_of_two_files_at_a_time_do_not_write_over_the_progress_of_each_other()
    {
        using (ImportJournal one = ImportJournal.Open(Journals, Address, "/one"))
        using (ImportJournal other = ImportJournal.Open(Journals, Address, "/other"))
        {
            one.Keep(one.Mark(), 1, new EventKey(Guid.Empty, Guid.Empty), null);
            other.Keep(other.Mark(), 2, new EventKey(Guid.Empty, Guid.Empty), null);
            other.Delete();
        }

        using ImportJournal again = ImportJournal.Open(Journals, Address, "/one");
        Assert.AreEqual(1, again.Kept.Events);
    }

    [TestMethod]
    public void An_import_of_files_that_another_process_imports_begins_with_the_first_line_and_leaves_its_progress_alone()
    {
        string file = _folder.Combine("events.jsonl");
        File.WriteAllText(file, Lines(1, 2));
        BreakOff(file, Lines(1, 1), wasReadWhole: false);

        using (Open())
        {
            Assert.HasCount(2, Import(file));
        }

        Assert.HasCount(1, Import(file));
    }

    public void Dispose() => _folder.Dispose();

    private static string Lines(int first, int count) =>
        string.Concat(
            Enumerable.Range(first, count).Select(static number => Encoding.UTF8.GetString(SampleEvents.Line(SampleEvents.Success(SampleEvents.Now, number)))));

    private static Guid IdOf(int number) => OtlpLogReader.Read(Encoding.UTF8.GetBytes(Lines(number, 1).TrimEnd('\n'))).Events[0].EventId!.Value;

    private ImportJournal Open() => ImportJournal.Open(Journals, Address);

    private List<Guid> Import(string path, Action? atItsEnd = null)
    {
        using ImportJournal journal = Open();
        var target = new Target { AtTheEnd = atItsEnd };
        new EventImporter(target, journal: journal).Import(path, Path.GetFileName(path));
        journal.Keep(journal.Mark(), target.Events.Count, new EventKey(Guid.Empty, Guid.Empty), null);
        return target.Events;
    }

    // Leaves the journal of an import that was killed after the database had received the lines.
    private void BreakOff(string path, string lines, bool wasReadWhole)
    {
        using ImportJournal journal = Open();
        journal.Begin(new OpenedFile(path, 0, default));
        foreach (string line in lines.TrimEnd('\n').Split('\n'))
        {
            journal.Pass(Encoding.UTF8.GetBytes(line));
        }

        if (wasReadWhole)
        {
            journal.End();
        }

        journal.Keep(journal.Mark(), 1, new EventKey(Guid.Empty, Guid.Empty), null);
    }

    private sealed class Target : IImportTarget
    {
        public List<Guid> Events { get; } = [];

        public Action? AtTheEnd { get; init; }

        public bool Add(StoredEvent stored)
        {
            Events.Add(stored.EventId!.Value);
            return true;
        }

        public void Flush() => AtTheEnd?.Invoke();
    }
}
