namespace Containers.Telemetry;

[TestClass]
public sealed class ProjectScopeTests
{
    private readonly RecordingBuildEngine _engine = new();

    private static string? Environment
    {
        get => System.Environment.GetEnvironmentVariable(ProjectScope.Variable);
        set => System.Environment.SetEnvironmentVariable(ProjectScope.Variable, value);
    }

    [TestInitialize]
    [TestCleanup]
    public void TurnToAnotherProject() => Environment = null;

    [TestMethod]
    public void Find_InAnotherProjectOfTheBuild_GivesItsOwnObject()
    {
        ProjectScope.Put(_engine, "first");
        string? first = Environment;
        TurnToAnotherProject();
        Assert.IsNull(ProjectScope.Find<string>(_engine));
        ProjectScope.Put(_engine, "second");
        string? second = Environment;

        Environment = first;
        Assert.AreEqual("first", ProjectScope.Find<string>(_engine));
        Environment = second;
        Assert.AreEqual("second", ProjectScope.Find<string>(_engine));
    }

    [TestMethod]
    public void Put_SecondObjectOfTheProject_KeepsTheKey()
    {
        ProjectScope.Put(_engine, "text");
        string? key = Environment;
        ProjectScope.Put(_engine, new Version(1, 0));

        Assert.AreEqual(key, Environment);
        Assert.AreEqual("text", ProjectScope.Find<string>(_engine));
        Assert.AreEqual(new Version(1, 0), ProjectScope.Find<Version>(_engine));
    }

    [TestMethod]
    public void Put_KeyOfABuildThatStartedThisOne_IsReplaced()
    {
        ProjectScope.Put(new RecordingBuildEngine(), "outer");
        string? outer = Environment;

        Assert.IsNull(ProjectScope.Find<string>(_engine));
        ProjectScope.Put(_engine, "inner");

        Assert.AreNotEqual(outer, Environment);
        Assert.AreEqual("inner", ProjectScope.Find<string>(_engine));
    }
}
