using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class HttpStatusTextTests
{
    [TestMethod]
    [DataRow("CONTAINER1005: Registry push failed; received status code 'Forbidden'.", 403)]
    [DataRow("CONTAINER1005: Fehler beim Pushvorgang der Registrierung. Empfangener Statuscode: \"Forbidden\".", 403)]
    [DataRow("CONTAINER1005: レジストリのプッシュに失敗しました。状態コード 'Forbidden' を受け取りました。", 403)]
    [DataRow("CONTAINER1005: 推送注册表失败；收到状态代码“TooManyRequests”。", 429)]
    [DataRow("CONTAINER1001: Échec du chargement à l'aide de PUT https://r.example/v2/app ; code d'état «\u00a0ServiceUnavailable\u00a0» reçu.", 503)]
    [DataRow("Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.\nURI: https://r.example/v2/a/manifests/1\nHTTP status code: InternalServerError", 500)]
    [DataRow("HTTP status code: Unauthorized.", 401)]
    [DataRow("Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.\nURI: https://r.example:5000/v2/a/manifests/1\nHTTP status code: 520", 520)]
    [DataRow("CONTAINER1001: Failed to upload blob using PUT https://r.example/v2/a; received status code '499'.", 499)]
    [DataRow("BadGateway", 502)]
    [DataRow("first NotFound, then BadRequest", 400)]
    public void FindIn_MessageInAnyLanguage_GivesTheStatus(string text, int expected) => Assert.AreEqual(expected, HttpStatusText.FindIn(text));

    [TestMethod]
    [DataRow("could not push registry.example/notfound/forbidden:1")]
    [DataRow("GET https://r.example/v2/Forbidden/manifests/NotFound")]
    [DataRow("GET https://r.example/v2?Gone=Gone&x=Conflict")]
    [DataRow("https://Gone.example")]
    [DataRow("https://r.example/v2/%Gone")]
    [DataRow("user@Conflict")]
    [DataRow("/home/Locked/app")]
    [DataRow(@"C:\Users\Locked\app")]
    [DataRow("registry.example/app:Gone")]
    [DataRow("app_Gone")]
    [DataRow("app-Gone")]
    [DataRow("Gone-1.0")]
    [DataRow("Gonewords")]
    [DataRow("forbidden")]
    [DataRow("FORBIDDEN")]
    [DataRow("403")]
    [DataRow("app:520")]
    [DataRow("https://r.example:520")]
    [DataRow("'5200'")]
    [DataRow("HTTP status code: 200")]
    [DataRow("HTTP status code: 600")]
    [DataRow("HTTP status code: Unknown")]
    [DataRow("HTTP status code: OK")]
    [DataRow("a.b")]
    [DataRow("")]
    [DataRow(null)]
    public void FindIn_TextThatOnlyLooksLikeAStatus_GivesNone(string? text) => Assert.IsNull(HttpStatusText.FindIn(text));

    [TestMethod]
    [DataRow("CONTAINER1013: Failed to push. Continue")]
    [DataRow("Accepted")]
    [DataRow("Created")]
    public void FindIn_StatusThatRefusesNothing_GivesNone(string text) => Assert.IsNull(HttpStatusText.FindIn(text));

    [TestMethod]
    public void FindIn_AnyText_GivesNothingOrAStatusWhoseNameIsInIt() =>
        Prop.ForAll<string?>(text => HttpStatusText.FindIn(text) is not { } status
            || Enum.GetNames<HttpStatusCode>().Any(name => (int)Enum.Parse<HttpStatusCode>(name) == status && text!.Contains(name, StringComparison.Ordinal)))
            .QuickCheckThrowOnFailure();

    [TestMethod]
    public void FindIn_QuotedStatusAfterAnyText_FindsIt() =>
        Prop.ForAll<NonNull<string>>(before => HttpStatusText.FindIn(before.Get + " 'BadGateway'.") == 502).QuickCheckThrowOnFailure();
}
