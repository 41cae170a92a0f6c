using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Settings;
using Containers.Telemetry.TestInfrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Core.Tests.Identity;

[TestClass]
public sealed class ProjectIdTests
{
    private const string Url = "https://example.com/team/product.git";

    private static readonly ProjectKey Key = ProjectKey.FromText("a key of the organization's", out _)!;

    [TestMethod]
    [DataRow("https://example.com/team/product")]
    [DataRow("https://example.com/team/product.git/")]
    [DataRow("https://name:password@example.com/team/product.git")]
    [DataRow("https://name:p@ss@Example.COM:443/team/product.git")]
    [DataRow("ssh://git@example.com/team/product.git")]
    [DataRow("ssh://git@example.com:22/team/product.git")]
    [DataRow("git@example.com:team/product.git")]
    [DataRow("EXAMPLE.com:/team/product")]
    [DataRow("git://example.com./team/product.git")]
    public void Clones_of_one_repository_agree(string url) => Assert.AreEqual(IdIn(Url), IdIn(url));

    [TestMethod]
    [DataRow("https://example.com:8443/team/product.git")]
    [DataRow("https://example.org/team/product.git")]
    [DataRow("https://example.com/team/Product.git")]
    [DataRow("https://example.com/product.git")]
    [DataRow("/example.com/team/product.git")]
    public void Other_repositories_have_other_ids(string url) => Assert.AreNotEqual(IdIn(Url), IdIn(url));

    [TestMethod]
    public void Clones_from_Azure_DevOps_agree() =>
        Assert.AreEqual(IdIn("https://org@dev.azure.com/org/project/_git/product"), IdIn("git@ssh.dev.azure.com:v3/org/project/product"));

    [TestMethod]
    [DataRow("/srv/git/product.git", "file:///srv/git/product/")]
    [DataRow("C:\\git\\product.git", "C:/git/product")]
    public void Clones_from_a_folder_agree(string one, string other) => Assert.AreEqual(IdIn(one), IdIn(other));

    [TestMethod]
    public void Place_in_the_repository_counts_and_place_of_the_clone_does_not()
    {
        using var one = new TestFolder();
        using var other = new TestFolder();
        Clone(one, Url);
        Clone(other, Url);

        Assert.AreEqual(IdOf(one.Combine("src", "app", "app.csproj")), IdOf(other.Combine("src", "app", "app.csproj")));
        Assert.AreNotEqual(IdOf(one.Combine("src", "app", "app.csproj")), IdOf(one.Combine("src", "app", "web.csproj")));
    }

    [TestMethod]
    public void Without_an_origin_the_full_path_counts()
    {
        using var one = new TestFolder();
        using var other = new TestFolder();
        one.Write(".git/config", "[remote \"upstream\"]\n\turl = " + Url);

        Assert.AreNotEqual(IdOf(one.Combine("app.csproj")), IdOf(other.Combine("app.csproj")));
        Assert.AreEqual(IdOf(one.Combine("app.csproj")), IdOf(one.Combine("app.csproj")));
    }

    [TestMethod]
    public void Worktree_is_a_clone_like_any_other()
    {
        using var folder = new TestFolder();
        folder.Write("main/.git/config", $"[remote \"origin\"]\n\turl = {Url}\n");
        folder.Write("main/.git/worktrees/fix/commondir", "../..\n");
        folder.Write("fix/.git", $"gitdir: {folder.Combine("main", ".git", "worktrees", "fix")}\n");

        Assert.AreEqual(IdOf(folder.Combine("main", "app.csproj")), IdOf(folder.Combine("fix", "app.csproj")));
    }

    [TestMethod]
    public void Submodule_is_the_repository_that_it_comes_from()
    {
        using var folder = new TestFolder();
        folder.Write("main/.git/config", "[remote \"origin\"]\n\turl = https://example.com/team/other\n");
        folder.Write("main/.git/modules/product/config", $"[remote \"origin\"]\n\turl = {Url}\n");
        folder.Write("main/libraries/product/.git", "gitdir: ../../.git/modules/product\n");

        Assert.AreEqual(IdIn(Url), IdOf(folder.Combine("main", "libraries", "product", "app.csproj")));
    }

    [TestMethod]
    [DataRow("[core]\n\tbare = false\n[Remote \"origin\"]\r\n\tfetch = +refs/heads/*\r\n\tURL= URL_HERE\r\n[branch \"main\"]\n\tremote = origin\n")]
    [DataRow("[remote \"origin\"] url = \"URL_HERE\" # ours\n")]
    [DataRow("[remote \"origin\"]\nurl = URL_HERE ; theirs\nurl = https://example.com/a/mirror\n")]
    [DataRow("[remote \"upstream\"]\nurl = https://example.com/x/y\n[remote \"origin\"]\nurl = URL_HERE")]
    public void Configuration_is_read_as_Git_reads_it(string config) =>
        Assert.AreEqual(Url, GitConfig.OriginUrl(config.Replace("URL_HERE", Url, StringComparison.Ordinal)));

    [TestMethod]
    [DataRow("[remote \"Origin\"]\nurl = x\n")]
    [DataRow("[remote \"origin\"]\npushurl = x\n")]
    [DataRow("[remote \"origin\"]\nurl =\n[branch \"main\"]\nurl = x")]
    [DataRow("[remote \"origin\"\nurl = x\n")]
    [DataRow("# [remote \"origin\"]\nurl = x\n")]
    [DataRow("")]
    public void Configuration_without_an_origin_has_none(string config) => Assert.IsNull(GitConfig.OriginUrl(config));

    [TestMethod]
    public void Configuration_that_is_far_too_long_is_read_in_part()
    {
        using var folder = new TestFolder();
        folder.Write(".git/config", $"[remote \"origin\"]\nurl = {Url}\n{new string('#', 10_000_000)}");

        Assert.AreEqual(IdIn(Url), IdOf(folder.Combine("app.csproj")));
    }

    [TestMethod]
    [DataRow("gitdir: ")]
    [DataRow("gitdir: \0")]
    [DataRow("gitdir: gone")]
    [DataRow("something else")]
    public void A_git_file_that_points_nowhere_counts_as_no_repository(string text)
    {
        using var folder = new TestFolder();
        string project = folder.Combine("app.csproj");
        string alone = IdOf(project);
        folder.Write(".git", text);

        Assert.AreEqual(alone, IdOf(project));
    }

    [TestMethod]
    public void Other_keys_make_other_ids()
    {
        var user = ProjectKey.Parse(ProjectKey.RandomText())!;
        var otherUser = ProjectKey.Parse(ProjectKey.RandomText())!;

        string[] ids = [.. new[] { user, otherUser, Key }.Select(key => ProjectId.Compute(key, "/app.csproj"))];

        Assert.HasCount(3, ids.Distinct());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [DataRow("0123456789ABCDEF")]
    public void Text_that_is_not_a_random_key_is_refused(string text) => Assert.IsNull(ProjectKey.Parse(text));

    [TestMethod]
    [DataRow("")]
    [DataRow("fifteen letters")]
    [DataRow("          short          ")]
    public void Key_that_is_too_short_is_no_key(string text)
    {
        ProjectKey? key = ProjectKey.FromText(text, out SettingProblem? problem);

        Assert.IsNull(key);
        Assert.AreEqual("CTEL0014", problem!.Code);
        Assert.Contains("16", problem.Text);
    }

    /// <summary>Whoever has the id and guesses the project must not be able to confirm the guess.</summary>
    [TestMethod]
    public void Id_is_no_plain_hash_of_the_project()
    {
        const string Path = "/home/user/app.csproj";
        string id = ProjectId.Compute(Key, Path);

        foreach (string guess in new[] { Path, ProjectIdentity.Of(Path).Text })
        {
            byte[] text = Encoding.UTF8.GetBytes(guess);
            byte[][] hashes = [SHA256.HashData(text), SHA384.HashData(text), SHA512.HashData(text), HMACSHA256.HashData(Array.Empty<byte>(), text)];
            foreach (byte[] hash in hashes)
            {
                Assert.DoesNotContain(id, Convert.ToHexString(hash).ToLowerInvariant());
            }
        }
    }

    [TestMethod]
    public void Any_path_has_an_id() =>
        Prop.ForAll<string>(path => IsId(ProjectId.Compute(Key, path ?? ""))).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Any_URL_has_an_id() => Prop.ForAll<string, string, string>((a, b, c) =>
    {
        string[] urls = [a ?? "", $"{a}://{b}@{c}", $"{a}@{b}:{c}", $"ssh://{a}/{b}.git"];
        return urls.All(url => IsId(ProjectId.Compute(Key, new ProjectIdentity(RemoteUrl.Normalize(url)))));
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Any_configuration_can_be_read() =>
        Prop.ForAll<string>(text => GitConfig.OriginUrl("[remote \"origin\"]\nurl=" + text) is null or { Length: > 0 }).QuickCheckThrowOnFailure();

    private static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private static string IdOf(string project) => ProjectId.Compute(Key, project);

    private static string IdIn(string url)
    {
        using var folder = new TestFolder();
        Clone(folder, url);
        return IdOf(folder.Combine("app.csproj"));
    }

    private static void Clone(TestFolder folder, string url) => folder.Write(".git/config", $"[core]\n\tbare = false\n[remote \"origin\"]\n\turl = {url}\n");
}
