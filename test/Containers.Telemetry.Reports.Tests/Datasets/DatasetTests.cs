using System.Globalization;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.StoreGenerator;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests.Datasets;

[TestClass]
public sealed class DatasetTests
{
    private static readonly Quarter Summer = new(2026, 3);

    // A test's store is small, so it gets rows only with a privacy budget that is too large for real use.
    private static readonly PrivacyBudget Large = new(PrivacyBudget.MaxEpsilon, PrivacyBudget.MaxDelta);
    private static readonly byte[] Secret = "a secret of the tests, not of a store"u8.ToArray();
    private static readonly Gen<(((int, int), int), string)> VersionParts = Gen.Choose(0, 99).Zip(Gen.Choose(0, 99)).Zip(Gen.Choose(0, 999))
        .Zip(Gen.Elements("", "-rc.1", "-noble-chiseled", "-preview.3.25171.5"));

    private static string _folder = "";
    private static List<DocumentedPublish> _publishes = [];
    private static DatasetDraft? _draft;

    private static DatasetDraft Draft => _draft ??= Make(Large);

    [ClassInitialize]
    public static void Initialize(TestContext context)
    {
        _ = context;
        _folder = Directory.CreateTempSubdirectory("containers-telemetry-data-").FullName;
        GeneratedStore.Write(_folder, 6000, seed: 3);
        _publishes =
        [
            .. DocumentedPublish.Read(_folder)
                .Where(static publish => publish.Outcome is not null && publish.Time.Year == 2026 && publish.Time.Month is >= 7 and <= 9),
        ];
    }

    [ClassCleanup]
    public static void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Each_row_has_at_least_ten_users()
    {
        DatasetRelease release = Draft.Release;

        Assert.IsNotEmpty(release.Rows);
        foreach (DatasetRow row in release.Rows)
        {
            Assert.IsGreaterThanOrEqualTo(release.Threshold, row.Occurrences);
            Assert.IsGreaterThanOrEqualTo(
                NoiseCalibration.MinUsers,
                _publishes.Where(publish => CanBeIn(publish, row)).Select(static publish => publish.Text("enduser.pseudo.id")).Distinct().Count());
        }
    }

    [TestMethod]
    public void Counts_are_off_by_the_noise_and_no_more()
    {
        DatasetDraft draft = Draft;

        Assert.IsTrue(draft.Rows.Any(static row => row.NoisyCount != row.Count));
        Assert.IsTrue(draft.Rows.All(row => Math.Abs(row.NoisyCount - row.Count) <= 6 * draft.Release.Noise));
    }

    [TestMethod]
    public void Publishes_in_rows_and_in_none_are_all_publishes()
    {
        DatasetDraft draft = Draft;

        Assert.AreEqual(_publishes.Count, draft.AsTheyAre + draft.Generalized + draft.Withheld + draft.WithoutUser);
        Assert.IsGreaterThan(0, draft.Generalized);
    }

    [TestMethod]
    public void A_strict_budget_gives_no_rows_for_a_small_store() => Assert.IsEmpty(Make(new PrivacyBudget(0.1, 1e-6)).Release.Rows);

    [TestMethod]
    public void Equal_secrets_and_budgets_give_equal_files_and_others_give_others()
    {
        string file = FileOf(Draft);

        Assert.AreEqual(file, FileOf(Make(Large)));
        Assert.AreNotEqual(file, FileOf(new DatasetMaker([.. Secret, 1]).Make([_folder], Summer, isUnfinished: false, Large)));
        Assert.AreNotEqual(file, FileOf(Make(Large with { Delta = Large.Delta * 0.999 })));
    }

    [TestMethod]
    public void Each_row_of_a_quarter_that_has_not_ended_says_so()
    {
        DatasetRelease release = new DatasetMaker(Secret).Make([_folder], Summer, isUnfinished: true, Large).Release;

        Assert.IsNotEmpty(release.Rows);
        Assert.IsTrue(release.Rows.All(static row => row.Values[0].EndsWith(" unfinished", StringComparison.Ordinal)));
    }

    /// <summary>A reader must recognize a day, a month and a quarter by its form.</summary>
    [TestMethod]
    public void A_day_a_month_and_a_quarter_are_spelled_differently()
    {
        (PublishSelection publishes, GeneralizedRows rows) = Rows(out GeneralizedColumn[] columns);
        string[] spellings =
        [
            .. Enumerable.Range(0, rows.Stages).SelectMany(
                stage => Enumerable.Range(0, publishes.Count).Select(publish => rows.TextsOf(rows.RowOf(publishes[publish], stage))[0]))
                .Select(static timestamp => string.Concat(timestamp.Select(static character => char.IsAsciiDigit(character) ? '0' : character))),
        ];

        Assert.AreEqual("Timestamp", columns[0].Name);
        CollectionAssert.AreEquivalent(new[] { "0000-00-00", "0000-00", "0000Q0" }, spellings.Distinct().ToArray());
    }

    /// <summary>Each stage merges rows and never splits one, until a single row is left.</summary>
    [TestMethod]
    public void Publishes_that_are_alike_at_a_stage_are_alike_at_each_later_one()
    {
        (PublishSelection publishes, GeneralizedRows rows) = Rows(out _);
        for (int stage = 0; stage + 1 < rows.Stages; stage++)
        {
            int current = stage;
            ILookup<GroupIdentity, GroupIdentity> next = Enumerable.Range(0, publishes.Count).ToLookup(
                publish => rows.RowOf(publishes[publish], current), publish => rows.RowOf(publishes[publish], current + 1));

            Assert.IsTrue(next.All(static alike => alike.Distinct().Count() == 1), $"Stage {stage}");
            Assert.IsGreaterThan(next.SelectMany(static alike => alike).Distinct().Count(), next.Count, $"Stage {stage}");
        }

        string last = string.Join(' ', rows.TextsOf(rows.RowOf(publishes[0], rows.Stages - 1)));
        Assert.AreEqual("2026Q3 * * * * * * * * * *", last);
    }

    [TestMethod]
    public void A_version_generalises_to_one_that_is_shorter_and_stays() =>
        Prop.ForAll(VersionParts.ToArbitrary(), static ((((int, int) Version, int Patch) Number, string Label) parts) =>
        {
            string dotnet = $"{parts.Number.Version.Item1}.{parts.Number.Version.Item2}";
            string version = $"{dotnet}.{parts.Number.Patch}{parts.Label}";

            Assert.AreEqual(dotnet, GeneralizedVersion.Dotnet(version));
            Assert.AreEqual(dotnet, GeneralizedVersion.Dotnet(GeneralizedVersion.FeatureBand(version)));
            Assert.AreEqual(dotnet, GeneralizedVersion.Dotnet(dotnet));
            Assert.AreEqual(dotnet, GeneralizedVersion.Dotnet(dotnet + parts.Label));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void The_file_has_the_columns_of_the_usage_data_of_the_CLI() => Assert.AreEqual(
        "Timestamp\tOccurrences\tCommand\tGeography\tOSFamily\tRuntimeID\tOSVersion\tSDKVersion\tRegistryKinds\tOutcome\tErrorKind\tBaseImage\tBaseImageTag",
        FileOf(Draft).Split('\n')[0]);

    [TestMethod]
    public void A_dataset_is_read_back_from_JSON_as_it_was()
    {
        DatasetDraft draft = Draft;
        using var json = new MemoryStream();
        DatasetJson.Write(draft.Release, json);

        DatasetRelease read = DatasetJson.Read(json.ToArray())!;

        Assert.AreEqual(draft.Release with { Rows = [] }, read with { Rows = [] }, "More than the rows differs.");
        Assert.AreEqual(FileOf(draft), FileOf(draft with { Release = read }));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("{\"version\":2}")]
    [DataRow("{\"version\":1,\"quarter\":\"2026\"}")]
    [DataRow("{\"version\":1,\"quarter\":\"2026Q3\",\"unfinished\":false,\"epsilon\":1,\"delta\":1e-6,\"rowsOfUser\":4,\"publishesOfUserInRow\":4,\"noise\":1,\"threshold\":1,\"rows\":[{\"values\":[],\"occurrences\":1}]}")]
    public void Other_JSON_is_refused_as_a_dataset(string json) => Assert.IsNull(DatasetJson.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    [TestMethod]
    [DataRow("2026Q4", "2026-10-01")]
    [DataRow("2026-q1", "2026-01-01")]
    public void A_quarter_is_read(string text, string firstDay)
    {
        Assert.IsTrue(Quarter.TryParse(text, out Quarter quarter));
        Assert.AreEqual(firstDay, quarter.FirstDay.ToString("o", CultureInfo.InvariantCulture));
    }

    [TestMethod]
    [DataRow("2026")]
    [DataRow("2026Q5")]
    [DataRow("Q4")]
    [DataRow("20264Q")]
    [DataRow("0000Q1")]
    public void Text_that_is_not_a_quarter_is_refused(string text) => Assert.IsFalse(Quarter.TryParse(text, out _));

    private static DatasetDraft Make(PrivacyBudget budget) => new DatasetMaker(Secret).Make([_folder], Summer, isUnfinished: false, budget);

    private static string FileOf(DatasetDraft draft)
    {
        using var text = new StringWriter();
        TsvRenderer.Write([draft.Release.ToTable()], text);
        return text.ToString();
    }

    private static (PublishSelection Publishes, GeneralizedRows Rows) Rows(out GeneralizedColumn[] columns)
    {
        var layout = new RecordLayout(DatasetColumns.Fields);
        var store = new PublishStore(layout, ReportReader.MaxPublishes);
        ReportReader.Read([_folder], store, progress: null, CancellationToken.None);
        DerivedColumns.Fill(store, DateOnly.FromDateTime(Summer.Period.To.UtcDateTime));
        columns = DatasetColumns.Of(layout, Summer);
        return (PublishSelection.Create(store, Summer.Period), new GeneralizedRows(columns));
    }

    /// <summary>Whether a publish matches every value that the row still has.</summary>
    private static bool CanBeIn(DocumentedPublish publish, DatasetRow row)
    {
        (string timestamp, string geography, string family, _, string version, string sdk, string registries, _, string error, string image, string tag) =
            (row.Values[0], row.Values[1], row.Values[2], row.Values[3], row.Values[4], row.Values[5], row.Values[6], row.Values[7], row.Values[8],
                row.Values[9], row.Values[10]);
        return Is(family, publish.Text("os.type") switch { "linux" => "Linux", "darwin" => "MacOS", "windows" => "Windows", _ => "Other" })
            && Is(geography, publish.Text("geo.country.iso_code"))
            && Is(version, publish.Text("containers_telemetry.os.release"))
            && Is(registries, publish.Pull + ">" + publish.Push)
            && Is(error, publish.Text("error.type"))
            && Is(image, publish.Text("containers_telemetry.base_image.name"))
            && Begins(sdk, publish.Text("containers_telemetry.sdk.version"))
            && Begins(tag, publish.Text("containers_telemetry.base_image.tag"))
            && (timestamp == Summer.ToString()
                || publish.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).StartsWith(timestamp, StringComparison.Ordinal));

        static bool Is(string cell, string? value) => cell is "*" || cell == (value ?? "");

        static bool Begins(string cell, string? value) => cell is "*" || (value ?? "").StartsWith(cell.TrimEnd('x'), StringComparison.Ordinal);
    }
}
