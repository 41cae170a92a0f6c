using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Sections;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class QueryTests
{
    [TestMethod]
    public void SectionIds_AreThoseOfTheSections_InTheirOrder() =>
        Assert.AreSequenceEqual(SectionIds.All, ReportSections.All.Select(static section => section.Id));

    [TestMethod]
    [DataRow("SdkVersoin", "SdkVersion")]
    [DataRow("sdk", "SdkVersion")]
    [DataRow("containers_telemetry.sdk.versio", "containers_telemetry.sdk.version")]
    [DataRow("provider", "CiProvider")]
    public void AnUnknownField_IsAnsweredWithTheNearest(string typed, string nearest)
    {
        QueryProblem problem = ReportQuery.Parse(new() { By = [typed] }, TestStore.Now, out _).Single();

        Assert.AreEqual(nearest, problem.Nearest[0]);
        Assert.Contains(typed, problem.Text);
    }

    [TestMethod]
    [DataRow("Outcome=eror", "error")]
    [DataRow("CiProvider=GithubAction", "GitHubActions")]
    [DataRow("error.type=credentials_failure", "credential_failure")]
    [DataRow("IsWsl=treu", "true")]
    public void AnUnknownValue_IsAnsweredWithTheNearest(string typed, string nearest) =>
        Assert.AreEqual(nearest, ReportQuery.Parse(new() { Where = [typed] }, TestStore.Now, out _).Single().Nearest[0]);

    [TestMethod]
    [DataRow("outcome=FAILURE", "Outcome=error")]
    [DataRow("os.type=darwin", "OSFamily=MacOS")]
    [DataRow("TargetFramework!=10.0", "TargetFramework!=net10.0")]
    [DataRow("ContainerFamily=", "ContainerFamily=")]
    [DataRow("dimension.team=payments", "team=payments")]
    [DataRow("containers_telemetry.dimension.team!=a", "team!=a")]
    [DataRow("Dimension.Team=payments", "team=payments")]
    [DataRow("dimension.error=mine", "dimension.error=mine")]
    public void AFilter_IsReadWhateverItsCaseAndName(string typed, string expected)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Where = [typed] }, TestStore.Now, out ReportQuery query));

        Assert.AreEqual(expected, query.Where!.ToString());
    }

    [TestMethod]
    [DataRow("team=payments", "team=payments")]
    [DataRow("Team=payments", "team=payments")]
    [DataRow("Outcome=error,canceled", "Outcome=error,canceled")]
    [DataRow("Error = timeout or Duration > 5s and Outcome=success", "Error=timeout or Duration>5000 and Outcome=success")]
    [DataRow("(Error=timeout OR Duration>1.5min) AND HttpStatus>=500", "(Error=timeout or Duration>90000) and HttpStatus>=500")]
    [DataRow("ImageSize<=200MB", "ImageSize<=200000000")]
    [DataRow("ImageSize<1KiB", "ImageSize<1024")]
    [DataRow("ContainerFamily=(none),alpine", "ContainerFamily=(none),alpine")]
    [DataRow("SdkVersion>=10.0.300", "SdkVersion>=10.0.300")]
    [DataRow("team='a b'", "team='a b'")]
    [DataRow("Time>=2026-11-01", "Time>=2026-11-01T00:00:00Z")]
    [DataRow("Time>2026-11-01", "Time>=2026-11-02T00:00:00Z")]
    [DataRow("Time<7d", "Time<2026-11-14T12:00:00Z")]
    [DataRow("Time=yesterday", "Time>=2026-11-20T00:00:00Z and Time<2026-11-21T00:00:00Z")]
    [DataRow("Time=2026-11-05T12:14", "Time>=2026-11-05T12:14:00Z and Time<2026-11-05T12:15:00Z")]
    [DataRow("Time=2026-11-05T12:14Z", "Time>=2026-11-05T12:14:00Z and Time<2026-11-05T12:15:00Z")]
    [DataRow("Time=2026-11-05T12:14+02:00", "Time>=2026-11-05T10:14:00Z and Time<2026-11-05T10:15:00Z")]
    [DataRow("Time=2026-11-05T12:14:05Z", "Time>=2026-11-05T12:14:05Z and Time<2026-11-05T12:14:06Z")]
    [DataRow("Time=2026-11-05T12:14:05.123Z", "Time>=2026-11-05T12:14:05.123Z and Time<2026-11-05T12:14:05.124Z")]
    [DataRow("Time=2026-11-05T12:14:05.123", "Time>=2026-11-05T12:14:05.123Z and Time<2026-11-05T12:14:05.124Z")]
    [DataRow("Time=2026-11-05T12:14:05.1234567+00:00", "Time>=2026-11-05T12:14:05.1234567Z and Time<2026-11-05T12:14:05.1234568Z")]
    [DataRow("Time>2026-11-05T12:14Z", "Time>=2026-11-05T12:15:00Z")]
    [DataRow("Week=2026-11-05", "Time>=2026-11-02T00:00:00Z and Time<2026-11-09T00:00:00Z")]
    [DataRow("Month=2026-11-05", "Time>=2026-11-01T00:00:00Z and Time<2026-12-01T00:00:00Z")]
    [DataRow("Hour=2026-11-05T09:30", "Time>=2026-11-05T09:00:00Z and Time<2026-11-05T10:00:00Z")]
    [DataRow("Day!=2026-11-05", "Time<2026-11-05T00:00:00Z or Time>=2026-11-06T00:00:00Z")]
    public void AFilter_HasValuesAndAlternativesAndComparisons(string typed, string expected)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Where = [typed] }, TestStore.Now, out ReportQuery query, ["team"]));

        Assert.AreEqual(expected, query.Where!.ToString());
    }

    [TestMethod]
    [DataRow("Error=timeout,connection_lost", "Error=timeout", "Error=connection_lost")]
    [DataRow("Error!=timeout and Error!=connection_lost", "Error!=timeout", "Error!=connection_lost")]
    [DataRow("Error=timeout and Outcome=error", "Error=timeout", "Outcome=error")]
    [DataRow(
        "Time>=2026-11-05T00:00:00Z and Time<2026-11-06T00:00:00Z or Time>=2026-11-09T00:00:00Z and Time<2026-11-10T00:00:00Z",
        "Day=2026-11-05", "Day=2026-11-09")]
    [DataRow(
        "Time>=2026-11-05T00:00:00Z and Time<2026-11-06T00:00:00Z and Time>=2026-11-01T00:00:00Z and Time<2026-12-01T00:00:00Z",
        "Day=2026-11-05", "Month=2026-11-05")]
    [DataRow("Time>=2026-11-05T00:00:00Z and Time<2026-11-20T00:00:00Z", "Time>=2026-11-05", "Time<2026-11-20")]
    [DataRow("(Error=timeout or Outcome=canceled) and Error=timeout", "Error=timeout or Outcome=canceled", "Error=timeout")]
    public void SeveralFilters_AreAlternativesForOneField_AndConditionsForSeveralFields(string expected, params string[] typed)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Where = typed }, TestStore.Now, out ReportQuery query));

        Assert.AreEqual(expected, query.Where!.ToString());
    }

    [TestMethod]
    [DataRow("BaseImageTag>=10.0", "10.0-noble-chiseled", true)]
    [DataRow("BaseImageTag<10.0", "10.0-noble-chiseled", false)]
    [DataRow("BaseImageTag<10.0", "8.0-alpine3.20", true)]
    [DataRow("BaseImageTag<11.0", "11.0-preview-alpine", true)]
    [DataRow("BaseImageTag<11.0", "11.0-alpine", false)]
    [DataRow("BaseImageTag<11.0", "latest", false)]
    [DataRow("BaseImageTag>=11.0", "latest", false)]
    [DataRow("SdkVersion<10.0.100", "10.0.100-rc.1.25451.107", true)]
    [DataRow("SdkVersion<10.0.300", "10.0.200", true)]
    [DataRow("SdkVersion<10.0.200", "9.0.300", true)]
    [DataRow("TargetFramework>net8.0", "net10.0", true)]
    public void AVersion_IsInTheOrderOfVersions_AndATagInThatOfItsVersion(string typed, string value, bool isAccepted)
    {
        Assert.IsTrue(FilterParser.TryParse(typed, Context, out Filter? filter, out _, out _));

        Assert.AreEqual(isAccepted, ((Comparison)filter!).Accepts(value));
    }

    [TestMethod]
    [DataRow("SuccessRate<95", "SuccessRate", ComparisonOperator.Less, 0.95)]
    [DataRow("SuccessRate<99.9", "SuccessRate", ComparisonOperator.Less, 0.999)]
    [DataRow("successrate <= 95.5 %", "SuccessRate", ComparisonOperator.LessOrEqual, 0.955)]
    [DataRow("DurationP95>2min", "DurationP95", ComparisonOperator.Greater, 120_000)]
    [DataRow("Failed>=10", "Failed", ComparisonOperator.GreaterOrEqual, 10)]
    public void ACondition_IsReadWithItsUnit(string typed, string measure, ComparisonOperator comparison, double value)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { FailIf = typed }, TestStore.Now, out ReportQuery query));

        Assert.AreEqual((measure, comparison, value), (query.FailIf!.Measure.Column.Id, query.FailIf.Operator, query.FailIf.Value));
    }

    [TestMethod]
    [DataRow("previous", "previous")]
    [DataRow("2026-11-01", "2026-11-01T00:00:00Z")]
    [DataRow("SdkVersion=10.0.300..10.0.401", "SdkVersion=10.0.300..10.0.401")]
    [DataRow("outcome=FAILURE..success", "Outcome=error..success")]
    [DataRow("Day=2026-11-05 .. yesterday", "Day=2026-11-05..yesterday")]
    public void AComparison_ReadsBackAsItself(string typed, string expected)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Compare = typed }, TestStore.Now, out ReportQuery query));

        Assert.AreEqual(expected, query.Compare!.ToString());
        Assert.IsEmpty(ReportQuery.Parse(new() { Compare = expected }, TestStore.Now, out query));
        Assert.AreEqual(expected, query.Compare!.ToString());
    }

    [TestMethod]
    public void AnInvalidValue_IsAnsweredWithAllValidOnes()
    {
        AssertLists(new() { Where = ["Outcome=xyz"] }, "success, error, canceled, unfinished");
        AssertLists(new() { Sections = ["xyzzyx"] }, string.Join(", ", SectionIds.All));
        AssertLists(new() { By = ["Outcome"], Sections = ["ci"] }, "Leave out one of them");
        AssertLists(new() { Sort = "Failed" }, "Add --by FIELD");
        AssertLists(new() { By = ["Outcome"], Limit = "0" }, "a whole number from 1");
        AssertLists(new() { Where = ["Outcome<error"] }, "by = or !=");
        AssertLists(new() { Where = ["Duration=fast"] }, "800ms, 5s or 2min");
        AssertLists(new() { FailIf = "SuccessRate" }, "SuccessRate<95");
        AssertLists(new() { FailIf = "SuccessRate<high" }, "a percentage such as 95");
        AssertLists(new() { Compare = "last" }, "previous, a moment");

        static void AssertLists(ReportQueryText text, string expected) =>
            Assert.Contains(expected, ReportQuery.Parse(text, TestStore.Now, out _).Single().ToString());
    }

    [TestMethod]
    [DataRow("Outcome")]
    [DataRow("=error")]
    [DataRow("EventId=019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6071")]
    [DataRow("Time=soon")]
    [DataRow("Error=timeout or")]
    [DataRow("(Error=timeout")]
    [DataRow("Error=timeout)")]
    [DataRow("Error=timeout Outcome=error")]
    [DataRow("team='payments")]
    [DataRow("Duration>5s,6s")]
    [DataRow("Duration=fast")]
    [DataRow("dimension.te+am=payments")]
    public void TextThatIsNoFilter_IsAProblem(string typed) => Assert.HasCount(1, ReportQuery.Parse(new() { Where = [typed] }, TestStore.Now, out _));

    [TestMethod]
    [DataRow("Hour=2026-11-20", "Time>=2026-11-20T00:00:00Z and Time<2026-11-21T00:00:00Z")]
    [DataRow("Hour=2026-11-20T10:30", "Time>=2026-11-20T10:00:00Z and Time<2026-11-20T11:00:00Z")]
    [DataRow("Hour>2026-11-20", "Time>=2026-11-21T00:00:00Z")]
    [DataRow("Day=2026-11-20T10:30", "Time>=2026-11-20T00:00:00Z and Time<2026-11-21T00:00:00Z")]
    public void ADate_IsTheWholeDay_AndATimeItsHourOrDay(string typed, string expected)
    {
        Assert.IsTrue(FilterParser.TryParse(typed, Context, out Filter? filter, out _, out _));

        Assert.AreEqual(expected, filter!.ToString());
    }

    [TestMethod]
    public void FieldsWithCommas_AreSeveralFields_EachOnce()
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { By = ["sdkversion, Time", "os.type,SdkVersion"] }, TestStore.Now, out ReportQuery query));

        Assert.AreSequenceEqual(new[] { "SdkVersion", "Time", "OSFamily" }, query.By.Select(static field => field.Name));
    }

    [TestMethod]
    [DataRow("today", "2026-11-21T00:00:00Z")]
    [DataRow("yesterday", "2026-11-20T00:00:00Z")]
    [DataRow("7d", "2026-11-14T12:00:00Z")]
    [DataRow("12h", "2026-11-21T00:00:00Z")]
    [DataRow("2w", "2026-11-07T12:00:00Z")]
    [DataRow("1mo", "2026-10-21T12:00:00Z")]
    [DataRow("2026-10-01", "2026-10-01T00:00:00Z")]
    [DataRow("2026-10-01T10:30", "2026-10-01T10:30:00Z")]
    [DataRow("2026-10-01T10:30:00+02:00", "2026-10-01T08:30:00Z")]
    public void ATime_IsReadInUtc(string typed, string expected)
    {
        Assert.IsTrue(PointInTime.TryParse(typed, TestStore.Now, TimeZoneInfo.Utc, out DateTimeOffset time));

        Assert.AreEqual(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    [TestMethod]
    [DataRow("tomorrow")]
    [DataRow("7")]
    [DataRow("-7d")]
    [DataRow("999999999y")]
    [DataRow("01.10.2026")]
    public void TextThatIsNoTime_IsAProblem(string typed) => Assert.HasCount(1, ReportQuery.Parse(new() { Since = typed }, TestStore.Now, out _));

    [TestMethod]
    public void AnyText_IsAFilterOrAProblem_AndAFilterReadsBackAsItself() => Prop.ForAll<NonNull<string>>(static text =>
    {
        bool isFilter = FilterParser.TryParse(text.Get, Context, out Filter? filter, out _, out QueryProblem? problem);
        return isFilter ? problem is null && ReadsBack(filter!) : filter is null && problem is not null;
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void AnyFilter_ReadsBackAsItself() => Prop.ForAll(Filters(depth: 3).ToArbitrary(), static filter => ReadsBack(filter)).QuickCheckThrowOnFailure();

    [TestMethod]
    public void EveryFieldAndAllowedValue_ReadsBackAsItself()
    {
        foreach (ReportField field in ReportField.All.Where(static field => field.AllowedValues.Length > 0))
        {
            foreach (string value in field.AllowedValues)
            {
                Assert.IsTrue(
                    FilterParser.TryParse((field.Attribute.Length > 0 ? field.Attribute : field.Name) + "!=" + value, Context, out Filter? filter, out _, out _));
                Assert.AreEqual(field.Name + "!=" + value, filter!.ToString());
            }
        }
    }

    [TestMethod]
    public void EveryMeasure_IsFoundByItsName()
    {
        foreach (string name in Measure.Names)
        {
            Assert.AreEqual(name, Measure.Find(name.ToLowerInvariant())!.Column.Id);
        }
    }

    private static QueryContext Context => new(TestStore.Now, ["team"]);

    private static bool ReadsBack(Filter filter) =>
        FilterParser.TryParse(filter.ToString(), Context, out Filter? again, out _, out _) && again!.ToString() == filter.ToString();

    private static Gen<Filter> Filters(int depth) => depth == 0 ? Comparisons() : Gen.OneOf(
        Comparisons(),
        Gen.ListOf(Filters(depth - 1), 2).Select(static parts => Filter.All(parts)),
        Gen.ListOf(Filters(depth - 1), 2).Select(static parts => Filter.Any(parts)));

    private static Gen<Filter> Comparisons() => Gen.OneOf(
        from error in Gen.Elements(ReportField.Find("Error")!.AllowedValues)
        from sign in Gen.Elements(ComparisonOperator.Equal, ComparisonOperator.NotEqual)
        select (Filter)new Comparison(ReportField.Find("Error")!, sign, [new FilterValue(error), new FilterValue("")]),
        from number in Gen.Choose(0, int.MaxValue)
        from sign in Gen.Elements(Enum.GetValues<ComparisonOperator>())
        select (Filter)new Comparison(
            ReportField.Find("Duration")!, sign, [new FilterValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture), number)]),
        from letters in Gen.ArrayOf(Gen.Elements('a', 'Z', '0', ' ', '\'', ',', '(', ')', '=', 'ä'), 5)
        select (Filter)new Comparison(ReportField.OfDimension("team"), ComparisonOperator.Equal, [new FilterValue(new string(letters))]),
        from hours in Gen.Choose(1, 100_000)
        let moment = TestStore.Now.AddHours(-hours)
        select (Filter)new Comparison(ReportField.Find("Time")!, ComparisonOperator.Less, [new FilterValue(PointInTime.Format(moment), moment.UtcTicks)]));

    [TestMethod]
    public void TheDistance_IsSymmetricAndZeroForTheSameOnly() => Prop.ForAll<NonNull<string>, NonNull<string>>(static (a, b) =>
        NearestNames.Distance(a.Get, b.Get) == NearestNames.Distance(b.Get, a.Get)
        && (NearestNames.Distance(a.Get, b.Get) == 0) == a.Get.Equals(b.Get, StringComparison.OrdinalIgnoreCase)).QuickCheckThrowOnFailure();
}
