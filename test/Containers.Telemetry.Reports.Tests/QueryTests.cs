using Containers.Telemetry.Reports.Querying;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class QueryTests
{
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
    [DataRow("dimension.team=payments", "dimension.team=payments")]
    [DataRow("containers_telemetry.dimension.team!=a", "dimension.team!=a")]
    public void AFilter_IsReadWhateverItsCaseAndName(string typed, string expected)
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { Where = [typed] }, TestStore.Now, out ReportQuery query));

        Assert.AreEqual(expected, query.Where.Single().ToString());
    }

    [TestMethod]
    [DataRow("Outcome")]
    [DataRow("=error")]
    [DataRow("EventId=019ab2c4-5d6e-7f80-9a1b-2c3d4e5f6071")]
    [DataRow("Time=2026-01-01")]
    [DataRow("Duration=fast")]
    [DataRow("dimension.Team=payments")]
    public void WhatIsNoFilter_IsAProblem(string typed) => Assert.HasCount(1, ReportQuery.Parse(new() { Where = [typed] }, TestStore.Now, out _));

    [TestMethod]
    public void FieldsWithCommas_AreSeveralFields_EachOnce()
    {
        Assert.IsEmpty(ReportQuery.Parse(new() { By = ["sdkversion, Time", "os.type,SdkVersion"] }, TestStore.Now, out ReportQuery query));

        Assert.AreSequenceEqual(new[] { "SdkVersion", "Time", "OSFamily" }, query.By.Select(static field => field.Name));
    }

    [TestMethod]
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
    [DataRow("yesterday")]
    [DataRow("7")]
    [DataRow("-7d")]
    [DataRow("999999999y")]
    [DataRow("01.10.2026")]
    public void WhatIsNoTime_IsAProblem(string typed) => Assert.HasCount(1, ReportQuery.Parse(new() { Since = typed }, TestStore.Now, out _));

    [TestMethod]
    public void AnyText_IsAFilterOrAProblem_AndAFilterReadsBackAsItself() => Prop.ForAll<NonNull<string>>(static text =>
    {
        bool isFilter = FieldFilter.TryParse(text.Get, out FieldFilter? filter, out QueryProblem? problem);
        return isFilter
            ? problem is null && FieldFilter.TryParse(filter!.ToString(), out FieldFilter? again, out _) && again == filter
            : filter is null && problem is not null;
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void EveryFieldAndAllowedValue_ReadsBackAsItself()
    {
        foreach (ReportField field in ReportField.All.Where(static field => field.SchemaField!.AllowedValues.Length > 0))
        {
            foreach (string value in field.SchemaField!.AllowedValues)
            {
                Assert.IsTrue(FieldFilter.TryParse(field.Attribute + "!=" + value, out FieldFilter? filter, out _));
                Assert.AreEqual(field.Name + "!=" + value, filter!.ToString());
            }
        }
    }

    [TestMethod]
    public void TheDistance_IsSymmetricAndZeroForTheSameOnly() => Prop.ForAll<NonNull<string>, NonNull<string>>(static (a, b) =>
        NearestNames.Distance(a.Get, b.Get) == NearestNames.Distance(b.Get, a.Get)
        && (NearestNames.Distance(a.Get, b.Get) == 0) == a.Get.Equals(b.Get, StringComparison.OrdinalIgnoreCase)).QuickCheckThrowOnFailure();
}
