using System.IO.Compression;
using System.Text;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Import;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Sdks;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Files of the store, of settings, and of other origin.</summary>
internal static class FileTargets
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly OtlpDestination Destination = new(OtlpSignal.Logs, new Uri("http://127.0.0.1:4318/v1/logs"));

    private static readonly string[] OutboxFiles = ["state", "endpoint"];
    private static readonly string[] TargetsFiles = ["Microsoft.NET.Build.Containers.targets", "Microsoft.NET.Build.Containers.props"];

    private static readonly byte[] Dataset =
        """{"version":1,"quarter":"2026Q3","unfinished":false,"epsilon":1,"delta":1E-06,"rowsOfUser":8,"publishesOfUserInRow":64,"noise":120,"threshold":600,"columns":["a"],"rows":[{"values":["2026Q3","*","*","*","*","*","*","*","*","*","*"],"occurrences":700}]}"""u8.ToArray();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("segment", 200, ReadSegment, LineTargets.OfFiles),
        new("import", 400, Import, [.. LineTargets.OfFiles, .. LineTargets.OfFiles.Select(Compress)]),
        new("outbox-state", 600, ReadOutbox,
            "failures 3\nnext 1795167000000\nrejected 2\ndropped 1\nunreadable 0\nrefusals 5\nrefused-since 1795167000000\nlogs-0000000001 120\n",
            "logs\nhttp://127.0.0.1:4318/v1/logs\nneeds-settings\nprotocol grpc\n"),
        new("identity", 600, ReadIdentity, "01890a5d-ac96-774b-bcce-b302099a8057\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n2026-11-01\n"),
        new("dataset", 3_000, static (byte[] input) => _ = DatasetJson.Read(input), Dataset),
        new("container-targets", 500, ReadTargets,
            """<Project><UsingTask TaskName="Microsoft.NET.Build.Containers.Tasks.CreateNewImage" AssemblyFile="$(ContainerCustomTasksAssembly)" /><Target Name="PublishContainer"><CreateNewImage BaseRegistry="$(A)"><Output TaskParameter="GeneratedContainerManifest" PropertyName="B" /></CreateNewImage></Target></Project>"""),
    ];

    // Complete events are read, whatever surrounds them.
    private static void ReadSegment(byte[] input) => InFolder(folder =>
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "events")).FullName, "0000000001-20261121T120000Z.jsonl");
        File.WriteAllBytes(file, input);
        using var reader = new SegmentReader(file);
        long lines = 0;
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            Require.That(!line.Contains((byte)'\n') && ++lines <= input.Length, "A line has a line feed.");
        }

        Require.That(reader.Offset <= input.Length, "More was read than there is.");
        using var stored = new StoredLines(Path.GetDirectoryName(file)!);
        while (stored.TryRead(out _))
        {
            lines--;
        }

        Require.That(lines == 0, "The readers differ.");
    });

    private static void Import(byte[] input) => InFolder(folder =>
    {
        string file = Path.Combine(folder, "events.jsonl");
        File.WriteAllBytes(file, input);
        var data = new UserData(Context(folder), Path.Combine(folder, "store"));
        using (var target = new StoreTarget(data, TimeProvider.System))
        {
            var importer = new EventImporter(target);
            try
            {
                importer.Import(file, "events.jsonl");
            }
            catch (InvalidDataException)
            {
                Require.That(importer.Counts.Imported == 0, "A part of a file was imported that is none of events.");
            }

            using var stored = new StoredLines(data.EventsPath);
            long lines = 0;
            while (stored.TryRead(out ReadOnlySpan<byte> line))
            {
                lines += OtlpLogReader.Read(line).Events.Count;
            }

            Require.That(lines == importer.Counts.Imported, "An imported event cannot be read.");
        }
    });

    private static void ReadOutbox(string text) => InFolder(folder =>
    {
        string outbox = Directory.CreateDirectory(Path.Combine(folder, Destination.Folder)).FullName;
        foreach (string name in OutboxFiles)
        {
            Write(Path.Combine(outbox, name), text);
        }

        OutboxStatus status = new Outbox(folder, Destination).GetStatus();
        Require.That(status.Rejected >= 0 && status.Dropped >= 0 && status.Unreadable >= 0, "A count is negative.");
        Require.That(
            Outbox.FindDestinations(folder, null).All(static found => found.IsHeld || found.Address.AbsoluteUri == Destination.Address.AbsoluteUri),
            "Events go elsewhere.");
    });

    private static void ReadIdentity(string text) => InFolder(folder =>
    {
        var config = new ConfigFolder(folder);
        Write(Path.Combine(folder, "identity"), text);
        _ = UserIdentity.Find(config, Now);
        Require.That(UserIdentity.Get(config, Now) is { } identity && UserIdentity.Get(config, Now)!.Id == identity.Id, "There is no identity, or another each time.");
    });

    private static void ReadTargets(string text) => InFolder(folder =>
    {
        string build = Directory.CreateDirectory(Path.Combine(folder, "Containers", "build")).FullName;
        foreach (string name in TargetsFiles)
        {
            Write(Path.Combine(build, name), text);
        }

        Require.That(ContainerTargets.OfSdk(folder, PackageTargets.OfThisTool).FindObstacle() is not "", "The obstacle has no name.");
    });

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static ToolContext Context(string folder) => new()
    {
        CurrentDirectory = folder,
        Machine = new MachineEnvironment(),
        Terminal = Terminal.OfThisProcess(new MachineEnvironment()),
    };

    // A file cannot contain half of a surrogate pair.
    private static void Write(string file, string text) => File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));

    private static void InFolder(Action<string> use)
    {
        string folder = Directory.CreateTempSubdirectory("containers-telemetry-fuzz-").FullName;
        try
        {
            use(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
