using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Microsoft.NET.Build.Containers;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class ExceptionEvidenceTests
{
    // ENOSPC on Unix, ERROR_DISK_FULL as an HRESULT on Windows. Both differ from the general I/O error.
    private const int DiskFull = 28;

    [TestMethod]
    [DataRow(SocketError.ConnectionReset, ErrorKind.ConnectionLost)]
    [DataRow(SocketError.ConnectionAborted, ErrorKind.ConnectionLost)]
    [DataRow(SocketError.Shutdown, ErrorKind.ConnectionLost)]
    [DataRow(SocketError.NotConnected, ErrorKind.ConnectionLost)]
    [DataRow(SocketError.Disconnecting, ErrorKind.ConnectionLost)]
    [DataRow(SocketError.NetworkReset, ErrorKind.ConnectionLost)]
    [DataRow(SocketError.TimedOut, ErrorKind.Timeout)]
    [DataRow(SocketError.ConnectionRefused, ErrorKind.RegistryUnreachable)]
    [DataRow(SocketError.HostNotFound, ErrorKind.RegistryUnreachable)]
    [DataRow(SocketError.TryAgain, ErrorKind.RegistryUnreachable)]
    [DataRow(SocketError.NoData, ErrorKind.RegistryUnreachable)]
    [DataRow(SocketError.HostUnreachable, ErrorKind.RegistryUnreachable)]
    [DataRow(SocketError.NetworkUnreachable, ErrorKind.RegistryUnreachable)]
    [DataRow(SocketError.AccessDenied, ErrorKind.RegistryUnreachable)]
    public void KindOf_RequestThatFailedAtTheSocket_IsClassifiedByTheSocket(SocketError socket, ErrorKind expected)
    {
        var cause = new SocketException((int)socket);

        Assert.AreEqual(expected, ExceptionEvidence.KindOf(new HttpRequestException("", cause)));
        Assert.AreEqual(expected, ExceptionEvidence.KindOf(new HttpRequestException("", new IOException("", cause))));
        Assert.AreEqual(expected, ExceptionEvidence.KindOf(new HttpRequestException(HttpRequestError.ConnectionError, "", cause)));
    }

    [TestMethod]
    [DataRow(SocketError.OperationAborted)]
    [DataRow(SocketError.Interrupted)]
    public void KindOf_SocketClosedByOurselves_GivesNone(SocketError socket) =>
        Assert.IsNull(ExceptionEvidence.KindOf(new SocketException((int)socket)));

    [TestMethod]
    [DataRow(HttpRequestError.NameResolutionError, ErrorKind.RegistryUnreachable)]
    [DataRow(HttpRequestError.ConnectionError, ErrorKind.RegistryUnreachable)]
    [DataRow(HttpRequestError.ProxyTunnelError, ErrorKind.RegistryUnreachable)]
    [DataRow(HttpRequestError.SecureConnectionError, ErrorKind.TlsFailure)]
    [DataRow(HttpRequestError.ResponseEnded, ErrorKind.ConnectionLost)]
    [DataRow(HttpRequestError.HttpProtocolError, ErrorKind.ConnectionLost)]
    [DataRow(HttpRequestError.InvalidResponse, ErrorKind.ConnectionLost)]
    [DataRow(HttpRequestError.Unknown, null)]
    [DataRow(HttpRequestError.UserAuthenticationError, null)]
    public void KindOf_RequestWithoutACause_IsClassifiedByTheRequest(HttpRequestError error, ErrorKind? expected)
    {
        Assert.AreEqual(expected, ExceptionEvidence.KindOf(new HttpRequestException(error, "")));
        Assert.AreEqual(expected, ExceptionEvidence.KindOf(new HttpRequestException(error, "", new IOException("no system call failed"))));
    }

    [TestMethod]
    public void KindOf_FailedHandshake_IsATlsFailure()
    {
        Assert.AreEqual(ErrorKind.TlsFailure, ExceptionEvidence.KindOf(new HttpRequestException("", new AuthenticationException())));
        Assert.AreEqual(ErrorKind.TlsFailure, ExceptionEvidence.KindOf(new AuthenticationException("", new IOException())));
    }

    [TestMethod]
    public void KindOf_HandshakeThatTheConnectionDidNotSurvive_IsALostConnection()
    {
        var reset = new IOException("", new SocketException((int)SocketError.ConnectionReset));

        Assert.AreEqual(ErrorKind.ConnectionLost, ExceptionEvidence.KindOf(new HttpRequestException(HttpRequestError.SecureConnectionError, "", reset)));
    }

    [TestMethod]
    public void KindOf_ResponseThatEndsEarly_IsALostConnection()
    {
        var ended = new HttpIOException(HttpRequestError.ResponseEnded);

        Assert.AreEqual(ErrorKind.ConnectionLost, ExceptionEvidence.KindOf(ended));
        Assert.AreEqual(ErrorKind.ConnectionLost, ExceptionEvidence.KindOf(new HttpRequestException("", ended)));
    }

    [TestMethod]
    public void KindOf_TlsThatEndsWithoutAWord_IsALostConnection()
    {
        IOException ended = Assert.Throws<IOException>(() => new SslStream(new MemoryStream()).AuthenticateAsClient("registry.example"));

        Assert.AreEqual(ErrorKind.ConnectionLost, ExceptionEvidence.KindOf(ended));
        Assert.AreEqual(ErrorKind.ConnectionLost, ExceptionEvidence.KindOf(new HttpRequestException("", ended)));
        Assert.AreEqual(ErrorKind.TlsFailure, ExceptionEvidence.KindOf(new HttpRequestException(HttpRequestError.SecureConnectionError, "", ended)));
        Assert.IsFalse(ExceptionEvidence.IsLocalInputOutput(ended));
    }

    [TestMethod]
    public void KindOf_Timeout_IsFoundBehindTheCancellation()
    {
        Assert.AreEqual(ErrorKind.Timeout, ExceptionEvidence.KindOf(new TaskCanceledException("", new TimeoutException("", new TaskCanceledException()))));
        Assert.IsNull(ExceptionEvidence.KindOf(new TaskCanceledException()));
        Assert.IsNull(ExceptionEvidence.KindOf(new OperationCanceledException()));
    }

    [TestMethod]
    public void KindOf_InvalidJson_IsAnInvalidManifest()
    {
        Assert.AreEqual(ErrorKind.InvalidManifest, ExceptionEvidence.KindOf(new JsonException()));
        Assert.AreEqual(ErrorKind.InvalidManifest, ExceptionEvidence.KindOf(Assert.Throws<JsonException>(() => JsonDocument.Parse("<html>"))));
    }

    [TestMethod]
    public void KindOf_ErrorOfTheFileSystem_IsADiskFailure()
    {
        Assert.AreEqual(ErrorKind.DiskFailure, ExceptionEvidence.KindOf(new IOException("", DiskFull)));
        Assert.AreEqual(ErrorKind.DiskFailure, ExceptionEvidence.KindOf(new UnauthorizedAccessException()));
        Assert.AreEqual(ErrorKind.DiskFailure, ExceptionEvidence.KindOf(new FileNotFoundException()));
        Assert.AreEqual(ErrorKind.DiskFailure, ExceptionEvidence.KindOf(new DirectoryNotFoundException()));
        Assert.AreEqual(ErrorKind.DiskFailure, ExceptionEvidence.KindOf(new PathTooLongException()));
    }

    [TestMethod]
    public void KindOf_RealErrorOfTheFileSystem_IsADiskFailure()
    {
        string file = Path.GetTempFileName();
        try
        {
            IOException exists = Assert.Throws<IOException>(() => File.Open(file, FileMode.CreateNew));

            Assert.AreEqual(ErrorKind.DiskFailure, ExceptionEvidence.KindOf(exists));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void KindOf_IOExceptionOfNoSystemCall_GivesNone()
    {
        Assert.IsNull(ExceptionEvidence.KindOf(new IOException("The response was wrong.")));
        Assert.IsNull(ExceptionEvidence.KindOf(new EndOfStreamException()));
        Assert.IsNull(ExceptionEvidence.KindOf(new InvalidDataException()));
    }

    [TestMethod]
    public void KindOf_InvalidRegistryAddress_IsAnInvalidRegistry() =>
        Assert.AreEqual(ErrorKind.InvalidRegistry, ExceptionEvidence.KindOf(new UriFormatException()));

    [TestMethod]
    public void KindOf_ExceptionOfTheSdk_IsClassifiedByItsType()
    {
        Assert.AreEqual(ErrorKind.CredentialFailure, ExceptionEvidence.KindOf(new CredentialRetrievalException()));
        Assert.AreEqual(ErrorKind.CredentialFailure, ExceptionEvidence.KindOf(new InvalidAuthResponseException()));
        Assert.AreEqual(ErrorKind.CredentialFailure, ExceptionEvidence.KindOf(new UnableToAccessRepositoryException()));
        Assert.AreEqual(ErrorKind.UnknownRepository, ExceptionEvidence.KindOf(new RepositoryNotFoundException()));
        Assert.AreEqual(ErrorKind.RidMismatch, ExceptionEvidence.KindOf(new BaseImageNotFoundException()));
        Assert.AreEqual(ErrorKind.LocalLoad, ExceptionEvidence.KindOf(new DockerLoadException()));
        Assert.AreEqual(ErrorKind.DownloadFailed, ExceptionEvidence.KindOf(new UnableToDownloadFromRepositoryException()));
        Assert.AreEqual(ErrorKind.InvalidManifest, ExceptionEvidence.KindOf(new InvalidDigestException()));
        Assert.IsNull(ExceptionEvidence.KindOf(new ContainerHttpException("")));
    }

    [TestMethod]
    public void KindOf_ExceptionOfTheSdkWithACause_IsClassifiedByTheOutermost() =>
        Assert.AreEqual(ErrorKind.CredentialFailure, ExceptionEvidence.KindOf(new CredentialRetrievalException(new FileNotFoundException())));

    [TestMethod]
    public void KindOf_ForeignTypeWithANameOfTheSdk_GivesNone() => Assert.IsNull(ExceptionEvidence.KindOf(new Impostor.DockerLoadException()));

    [TestMethod]
    public void KindOf_SeveralTries_IsClassifiedByTheLast() =>
        Assert.AreEqual(
            ErrorKind.ConnectionLost,
            ExceptionEvidence.KindOf(new AggregateException(
                new HttpRequestException("", new AuthenticationException()),
                new HttpRequestException("", new SocketException((int)SocketError.ConnectionReset)))));

    [TestMethod]
    public void KindOf_GeneralException_GivesNone()
    {
        Assert.IsNull(ExceptionEvidence.KindOf(new InvalidOperationException("403 Forbidden, connection reset, timeout")));
        Assert.IsNull(ExceptionEvidence.KindOf(new AggregateException()));
    }

    [TestMethod]
    public void HttpStatusOf_ExceptionWithAStatus_GivesIt()
    {
        Assert.AreEqual(502, ExceptionEvidence.HttpStatusOf(new HttpRequestException("", null, HttpStatusCode.BadGateway)));
        Assert.AreEqual(502, ExceptionEvidence.HttpStatusOf(new AggregateException(new HttpRequestException("", null, HttpStatusCode.BadGateway))));
        Assert.AreEqual(403, ExceptionEvidence.HttpStatusOf(new ContainerHttpException("CONTAINER1014: Manifest pull failed.\nHTTP status code: Forbidden")));
        Assert.AreEqual(
            429, ExceptionEvidence.HttpStatusOf(new ApplicationException("CONTAINER1001: Failed to upload; received status code 'TooManyRequests'.")));
    }

    [TestMethod]
    public void HttpStatusOf_ExceptionWithoutAStatus_GivesNone()
    {
        Assert.IsNull(ExceptionEvidence.HttpStatusOf(new HttpRequestException()));
        Assert.IsNull(ExceptionEvidence.HttpStatusOf(new ContainerHttpException("HTTP status code: Unknown")));
        Assert.IsNull(ExceptionEvidence.HttpStatusOf(new ApplicationException("Forbidden")));
        Assert.IsNull(ExceptionEvidence.HttpStatusOf(new InvalidOperationException("CONTAINER1001: Forbidden")));
    }

    [TestMethod]
    public void HttpStatusOf_ProxyThatRefusesTheTunnel_IsNoAnswerOfTheRegistry()
    {
        var refused = new HttpRequestException(HttpRequestError.ProxyTunnelError, "", null, HttpStatusCode.Forbidden);

        Assert.IsNull(ExceptionEvidence.HttpStatusOf(refused));
        Assert.AreEqual(ErrorKind.RegistryUnreachable, ExceptionEvidence.KindOf(refused));
    }

    [TestMethod]
    public void CodeOf_Chain_GivesTheOutermostCode()
    {
        var inner = new ApplicationException("CONTAINER1001: no");

        Assert.AreEqual("CONTAINER1005", ExceptionEvidence.CodeOf(new InvalidOperationException("", new ApplicationException("CONTAINER1005: no", inner))));
        Assert.AreEqual("CONTAINER1001", ExceptionEvidence.CodeOf(new AggregateException("several", inner)));
        Assert.IsNull(ExceptionEvidence.CodeOf(new InvalidOperationException("no code")));
    }

    [TestMethod]
    public void IsDownloadReport_IsTrueForTheSdksReportOnly()
    {
        Assert.IsTrue(ExceptionEvidence.IsDownloadReport(new UnableToDownloadFromRepositoryException()));
        Assert.IsFalse(ExceptionEvidence.IsDownloadReport(new UnableToAccessRepositoryException()));
    }

    [TestMethod]
    public void IsRefusal_IsTrueForTheSdksReportOfARefusal()
    {
        Assert.IsTrue(ExceptionEvidence.IsRefusal(new ContainerHttpException("")));
        Assert.IsTrue(ExceptionEvidence.IsRefusal(new RepositoryNotFoundException()));
        Assert.IsTrue(ExceptionEvidence.IsRefusal(new UnableToAccessRepositoryException()));
        Assert.IsFalse(ExceptionEvidence.IsRefusal(new HttpRequestException()));
        Assert.IsFalse(ExceptionEvidence.IsRefusal(new CredentialRetrievalException()));
    }

    [TestMethod]
    public void NameOf_ExceptionType_IsItsOwnOrItsNearestBaseOnTheList()
    {
        Assert.AreEqual("HttpRequestException", ExceptionTypes.NameOf(new HttpRequestException()));
        Assert.AreEqual("TaskCanceledException", ExceptionTypes.NameOf(new TaskCanceledException()));
        Assert.AreEqual("IOException", ExceptionTypes.NameOf(new EndOfStreamException()));
        Assert.AreEqual("InvalidOperationException", ExceptionTypes.NameOf(new ObjectDisposedException("secret")));
        Assert.AreEqual("DockerLoadException", ExceptionTypes.NameOf(new DockerLoadException()));
        Assert.IsNull(ExceptionTypes.NameOf(new Impostor.SecretProjectException()));
        Assert.IsNull(ExceptionTypes.NameOf(new Impostor.DockerLoadException()));
        Assert.IsNull(ExceptionTypes.NameOf(null));
    }

    [TestMethod]
    public void Names_List_HasNoTypeTwice() => CollectionAssert.AllItemsAreUnique(ExceptionTypes.Names);

    [TestMethod]
    public void FullNames_OfTheRuntime_AreThoseOfItsTypes()
    {
        Type[] types =
        [
            typeof(object), typeof(Uri), typeof(AuthenticationException), typeof(SocketException), typeof(HttpRequestException),
            typeof(System.Text.Json.JsonException),
        ];
        foreach (string name in ExceptionTypes.FullNames.Where(name => name.StartsWith("System.", StringComparison.Ordinal)))
        {
            Assert.IsTrue(types.Any(type => type.Assembly.GetType(name) is not null), name);
        }
    }

    private static class Impostor
    {
        internal sealed class DockerLoadException : Exception;

        internal sealed class SecretProjectException : Exception;
    }
}
