using System.Net.Http.Headers;
using Microsoft.NET.Build.Containers;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class ProtocolStepsTests
{
    private static readonly (Action<Exception> Method, ProtocolStep Step)[] Methods =
    [
        (AuthHandshakeMessageHandler.GetAuthenticationAsync, ProtocolStep.Token),
        (DefaultManifestOperations.GetAsync, ProtocolStep.Manifest),
        (DefaultBlobOperations.GetJsonAsync, ProtocolStep.Blob),
        (DefaultBlobOperations.ExistsAsync, ProtocolStep.BlobCheck),
        (DefaultBlobUploadOperations.StartAsync, ProtocolStep.UploadStart),
        (DefaultBlobUploadOperations.PatchAsync, ProtocolStep.Chunk),
        (DefaultBlobUploadOperations.CompleteAsync, ProtocolStep.Finish),
    ];

    [TestMethod]
    public void Of_ExceptionOfAStep_GivesTheStep()
    {
        foreach ((Action<Exception> method, ProtocolStep step) in Methods)
        {
            Assert.AreEqual(step, ProtocolSteps.Of(Thrown.By(method, new InvalidOperationException())));
        }
    }

    [TestMethod]
    public void Of_RefusedRequestForAToken_GivesTheToken() =>
        Assert.AreEqual(ProtocolStep.Token, ProtocolSteps.Of(Thrown.By(AuthHandshakeMessageHandler.SendAsync, new UnableToAccessRepositoryException())));

    [TestMethod]
    public void Of_RequestThroughTheTokenHandler_IsNotOneForAToken() =>
        Assert.AreEqual(ProtocolStep.None, ProtocolSteps.Of(Thrown.By(AuthHandshakeMessageHandler.SendAsync, new HttpRequestException())));

    [TestMethod]
    public void Of_ExceptionFromElsewhere_GivesNone() => Assert.AreEqual(ProtocolStep.None, ProtocolSteps.Of(new InvalidOperationException()));

    [TestMethod]
    [DataRow("GET", "/v2/team/app/manifests/1", ProtocolStep.Manifest)]
    [DataRow("PUT", "/v2/team/app/manifests/1", ProtocolStep.Manifest)]
    [DataRow("GET", "/v2/team/manifests/blobs/sha256:ab", ProtocolStep.Blob)]
    [DataRow("HEAD", "/v2/team/app/blobs/sha256:ab", ProtocolStep.BlobCheck)]
    [DataRow("POST", "/v2/team/app/blobs/uploads/", ProtocolStep.UploadStart)]
    [DataRow("POST", "/v2/team/app/blobs/uploads/?mount=sha256:ab&from=team/base", ProtocolStep.UploadStart)]
    [DataRow("PATCH", "/v2/team/app/blobs/uploads/1", ProtocolStep.Chunk)]
    [DataRow("PUT", "/v2/team/app/blobs/uploads/1?digest=sha256:ab", ProtocolStep.Finish)]
    [DataRow("PUT", "/anywhere", ProtocolStep.Finish)]
    [DataRow("GET", "/token?scope=repository:team/app:pull", ProtocolStep.Token)]
    [DataRow("POST", "/oauth2/token", ProtocolStep.Token)]
    [DataRow("DELETE", "/v2/team/app/blobs/uploads/1", ProtocolStep.None)]
    public void Of_Request_DependsOnMethodAndPath(string method, string path, ProtocolStep expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://registry.example" + path);

        Assert.AreEqual(expected, ProtocolSteps.Of(request));
    }

    [TestMethod]
    public void Of_BlobThatTheRegistryKeepsElsewhere_IsABlob()
    {
        using var redirected = new HttpRequestMessage(HttpMethod.Get, "https://storage.example/1");
        redirected.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        Assert.AreEqual(ProtocolStep.Blob, ProtocolSteps.Of(redirected));
    }
}
