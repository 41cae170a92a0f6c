using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Microsoft.NET.Build.Containers;

namespace Containers.Telemetry.Failures;

[TestClass]
public sealed class ErrorClassifierTests
{
    private static readonly HttpRequestException Reset = new("", new SocketException((int)SocketError.ConnectionReset));

    [TestMethod]
    public void Classify_NoEvidence_IsUnknown() =>
        Assert.AreEqual(
            new Failure(ErrorKind.Unknown, TransferDirection.Pull, null, null, null), Classify(new FailureEvidence { Phase = TransferDirection.Pull }));

    [TestMethod]
    public void Classify_DaemonThatStopsDuringALoad_IsALoadThatFailed()
    {
        var brokenPipe = new IOException("Broken pipe", new SocketException((int)SocketError.Shutdown));
        var toDaemon = new FailureEvidence { Escaped = brokenPipe, Phase = TransferDirection.Push, IsForLocalDaemon = true };
        var toRegistry = new FailureEvidence { Escaped = brokenPipe, Phase = TransferDirection.Push };

        Assert.AreEqual(new Failure(ErrorKind.LocalLoad, TransferDirection.Push, "MSB4018", null, "IOException"), Classify(toDaemon));
        Assert.AreEqual(ErrorKind.ConnectionLost, Classify(toRegistry).Kind);
    }

    /// <summary>The SDK asks docker which registries are insecure, and goes on without docker.</summary>
    [TestMethod]
    public void Classify_DockerThatFailedBeforeAPushToARegistry_IsNoCause() =>
        Assert.AreEqual(
            new Failure(ErrorKind.Unknown, TransferDirection.Push, null, null, null),
            Classify(Logged(null, "Cannot create image index.", TransferDirection.Push, new DockerLoadException(), new JsonException())));

    [TestMethod]
    public void Classify_LayerOfAnUnknownMediaType_IsClassifiedByTheCodeOfItsException() =>
        Assert.AreEqual(
            new Failure(ErrorKind.UnsupportedMediaType, TransferDirection.Pull, "CONTAINER1013", null, "ArgumentException"),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Failed to push", new ArgumentException("CONTAINER2001: Unrecognized mediaType 'x'."))));

    [TestMethod]
    public void Classify_BlobCheckWithoutAnAnswer_IsAnUploadThatFailed() =>
        Assert.AreEqual(
            new Failure(ErrorKind.UploadFailed, TransferDirection.Push, "CONTAINER1014", null, null),
            Classify(Logged(null, "Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.", TransferDirection.Push)));

    [TestMethod]
    public void Classify_PathThatLooksLikeACode_IsIgnored()
    {
        var evidence = new FailureEvidence
        {
            Escaped = new DirectoryNotFoundException("Could not find a part of the path '/CONTAINER2007/x.tar'."),
            Phase = TransferDirection.Push,
        };

        Assert.AreEqual(new Failure(ErrorKind.DiskFailure, TransferDirection.None, "MSB4018", null, "DirectoryNotFoundException"), Classify(evidence));
    }

    [TestMethod]
    public void Classify_TokenServiceThatAnswersWithAPage_IsACredentialFailure()
    {
        FailureEvidence evidence = Logged(
            "CONTAINER1013", "CONTAINER1013: Failed to push", Thrown.By(AuthHandshakeMessageHandler.GetAuthenticationAsync, new JsonException()));

        Assert.AreEqual(ErrorKind.CredentialFailure, Classify(evidence).Kind);
    }

    [TestMethod]
    public void Classify_TokenServiceThatCannotBeReached_IsClassifiedByTheNetwork() =>
        Assert.AreEqual(
            ErrorKind.ConnectionLost,
            Classify(
                Logged(
                    "CONTAINER1013",
                    "CONTAINER1013: Failed to push",
                    Thrown.By(AuthHandshakeMessageHandler.GetAuthenticationAsync, new HttpRequestException("", Reset)))).Kind);

    [TestMethod]
    public void Classify_ChallengeThatNamesNoAddress_IsACredentialFailure()
    {
        Exception notSupported = Thrown.By(AuthHandshakeMessageHandler.GetAuthenticationAsync, new NotSupportedException());

        Assert.AreEqual(
            ErrorKind.CredentialFailure, Classify(Logged("CONTAINER1013", "CONTAINER1013: CONTAINER1019: no", new InvalidAuthResponseException())).Kind);
        Assert.AreEqual(ErrorKind.CredentialFailure, Classify(Logged("CONTAINER1013", "CONTAINER1013: no", notSupported)).Kind);
        Assert.AreEqual(ErrorKind.CredentialFailure, Classify(new FailureEvidence { Escaped = notSupported, Phase = TransferDirection.Pull }).Kind);
    }

    [TestMethod]
    public void Classify_TokenThatWasRefused_IsClassifiedByTheStatusOfTheRequestForIt()
    {
        Exception refused = Thrown.By(AuthHandshakeMessageHandler.SendAsync, new UnableToAccessRepositoryException());
        var evidence = new FailureEvidence
        {
            Errors = [new LoggedError("CONTAINER1016", "CONTAINER1016: no access", [refused])],
            Phase = TransferDirection.Push,

            // The SDK asks for a token in two ways, and this registry does not know the second one.
            Refused = [new(ProtocolStep.Token, 405), new(ProtocolStep.Token, 429), new(ProtocolStep.UploadStart, 401)],
        };

        Assert.AreEqual(
            new Failure(ErrorKind.RegistryThrottled, TransferDirection.Push, "CONTAINER1016", 429, "UnableToAccessRepositoryException"),
            Classify(evidence));
    }

    [TestMethod]
    public void Classify_RefusalWithoutAStatusInTheException_IsClassifiedByTheRequestOfTheSameStep()
    {
        Exception refused = Thrown.By(
            DefaultManifestOperations.GetAsync, new ContainerHttpException("Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.\nURI: x"));
        var evidence = new FailureEvidence
        {
            Errors = [new LoggedError(null, refused.Message, [refused])],
            Phase = TransferDirection.Pull,
            Refused = [new(ProtocolStep.BlobCheck, 404), new(ProtocolStep.Manifest, 503), new(ProtocolStep.Manifest, 401)],
        };

        Assert.AreEqual(
            new Failure(ErrorKind.RegistryServerError, TransferDirection.Pull, "CONTAINER1014", 503, "ContainerHttpException"),
            Classify(evidence));
    }

    [TestMethod]
    [DataRow(ProtocolStep.Token, 400, ErrorKind.CredentialFailure, TransferDirection.Push)]
    [DataRow(ProtocolStep.UploadStart, 404, ErrorKind.UnknownRepository, TransferDirection.Push)]
    [DataRow(ProtocolStep.Chunk, 404, ErrorKind.UploadFailed, TransferDirection.Push)]
    [DataRow(ProtocolStep.Blob, 404, ErrorKind.DownloadFailed, TransferDirection.Pull)]
    public void Classify_RefusalByAMethodOfNoKnownStep_IsClassifiedByTheStepOfTheRequest(
        ProtocolStep step, int status, ErrorKind kind, TransferDirection direction)
    {
        var refused = new HttpRequestException("", inner: null, (HttpStatusCode)status);
        var evidence = new FailureEvidence
        {
            Errors = [new LoggedError("CONTAINER1013", "CONTAINER1013: Failed to push", [refused])],
            Phase = TransferDirection.Push,
            Refused = [new(ProtocolStep.Manifest, 401), new(step, status), new(ProtocolStep.BlobCheck, 404)],
        };

        Assert.AreEqual(new Failure(kind, direction, "CONTAINER1013", status, "HttpRequestException"), Classify(evidence));
    }

    [TestMethod]
    public void Classify_RefusalThatTheSdkOvercame_IsNoEvidence()
    {
        var evidence = new FailureEvidence
        {
            Errors = [new LoggedError("CONTAINER1013", "CONTAINER1013: Failed to push", [Thrown.By(DefaultBlobUploadOperations.PatchAsync, Reset)])],
            Phase = TransferDirection.Push,
            Refused = [new(ProtocolStep.Chunk, 500), new(ProtocolStep.BlobCheck, 404)],
        };

        Assert.AreEqual(new Failure(ErrorKind.ConnectionLost, TransferDirection.Push, "CONTAINER1013", null, "HttpRequestException"), Classify(evidence));
    }

    /// <summary>Older SDKs report a layer that does not arrive as a push that failed.</summary>
    [TestMethod]
    public void Classify_LayerThatDoesNotArrive_IsAFailureOfThePull()
    {
        Exception reset = Thrown.By(Registry.DownloadBlobAsync, new IOException("", new SocketException((int)SocketError.ConnectionReset)));
        Exception refused = Thrown.By(Registry.DownloadBlobAsync, new UnableToAccessRepositoryException());

        Assert.AreEqual(
            new Failure(ErrorKind.ConnectionLost, TransferDirection.Pull, "CONTAINER1013", null, "IOException"),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Failed to push", TransferDirection.Push, reset)));
        Assert.AreEqual(TransferDirection.Pull, Classify(Logged("CONTAINER1016", "CONTAINER1016: no access", TransferDirection.Push, refused)).Direction);
    }

    /// <summary>Up to 8.0.3xx the SDK does not report why each try failed. It retries lost connections only.</summary>
    [TestMethod]
    public void Classify_TriesThatAllFailed_AreALostConnection() =>
        Assert.AreEqual(
            new Failure(ErrorKind.ConnectionLost, TransferDirection.Push, "CONTAINER1013", null, "ApplicationException"),
            Classify(
                Logged("CONTAINER1013", "CONTAINER1013: no", TransferDirection.Push, new ApplicationException("CONTAINER1006: Too many retries, stopping."))));

    [TestMethod]
    public void Classify_HttpThatFailsAfterHttpsFoundNoTls_IsClassifiedByHttp()
    {
        foreach (Exception noTls in new Exception[] { new AuthenticationException("No frame."), new IOException("The connection ended.") })
        {
            Exception https = Thrown.By(FallbackToHttpMessageHandler.SendAsync, new HttpRequestException(HttpRequestError.SecureConnectionError, "", noTls));

            Assert.AreEqual(ErrorKind.ConnectionLost, Classify(Logged("CONTAINER1013", "", https, Reset)).Kind);
            Assert.AreEqual(ErrorKind.TlsFailure, Classify(Logged("CONTAINER1013", "", https)).Kind);
        }
    }

    [TestMethod]
    public void Classify_HandshakeThatFailsInTls_IsATlsFailureWhateverHttpMet()
    {
        Exception https = Thrown.By(
            FallbackToHttpMessageHandler.SendAsync,
            new HttpRequestException(HttpRequestError.SecureConnectionError, "", new AuthenticationException("", new InvalidOperationException())));
        var withoutFallBack = new HttpRequestException(HttpRequestError.SecureConnectionError, "", new AuthenticationException());

        Assert.AreEqual(ErrorKind.TlsFailure, Classify(Logged("CONTAINER1013", "", https, Reset)).Kind);
        Assert.AreEqual(ErrorKind.TlsFailure, Classify(Logged("CONTAINER1013", "", withoutFallBack, Reset)).Kind);
    }

    [TestMethod]
    public void Classify_ConfigurationThatIsNoJson_IsAFailedDownload() =>
        Assert.AreEqual(
            ErrorKind.DownloadFailed,
            Classify(new FailureEvidence
            {
                Escaped = Thrown.By(DefaultBlobOperations.GetJsonAsync, new JsonException()),
                Phase = TransferDirection.Pull,
            }).Kind);

    [TestMethod]
    public void Classify_WordsOfAMessage_AreIgnored() =>
        Assert.AreEqual(ErrorKind.Unknown, Classify(Logged(null, "Connection reset by peer: access denied, repository not found, Forbidden")).Kind);

    [TestMethod]
    public void Classify_CancelRequested_IsCanceledWhateverElseHappened()
    {
        var evidence = new FailureEvidence
        {
            CancelRequested = true,
            Phase = TransferDirection.Pull,
            Errors = [new LoggedError("CONTAINER1013", "CONTAINER1013: failed", [Reset])],
        };

        Assert.AreEqual(new Failure(ErrorKind.Canceled, TransferDirection.Pull, "CONTAINER1013", null, "HttpRequestException"), Classify(evidence));
    }

    [TestMethod]
    public void Classify_TransferCodeWithAnException_IsClassifiedByTheException() =>
        Assert.AreEqual(
            new Failure(ErrorKind.ConnectionLost, TransferDirection.Push, "CONTAINER1013", null, "HttpRequestException"),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Failed to push", Reset)));

    [TestMethod]
    public void Classify_TransferCodeWithAnExceptionThatSaysNothing_IsClassifiedByTheCode() =>
        Assert.AreEqual(
            new Failure(ErrorKind.UploadFailed, TransferDirection.Push, "CONTAINER1013", null, "InvalidOperationException"),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Failed to push", new InvalidOperationException())));

    [TestMethod]
    public void Classify_TransferCodeWithAStatusInTheTextOnly_IsClassifiedByTheStatus() =>
        Assert.AreEqual(
            new Failure(ErrorKind.RegistryThrottled, TransferDirection.Push, "CONTAINER1013", 429, null),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Fehler beim Push: Statuscode \"TooManyRequests\"")));

    [TestMethod]
    public void Classify_ExceptionWithoutAStatus_IsNotOverruledByAWordOfTheText() =>
        Assert.AreEqual(
            new Failure(ErrorKind.ConnectionLost, TransferDirection.Push, "CONTAINER1013", null, "HttpRequestException"),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Conflict", Reset)));

    [TestMethod]
    public void Classify_CodeWithOneMeaning_BeatsExceptionsTheTaskSurvived() =>
        Assert.AreEqual(
            new Failure(ErrorKind.InvalidPort, TransferDirection.None, "CONTAINER2017", null, null),
            Classify(Logged("CONTAINER2017", "CONTAINER2017: Forbidden", Reset)));

    [TestMethod]
    public void Classify_CodeInTheTextOnly_CountsLikeAStructuredOne()
    {
        Failure expected = new(ErrorKind.UnknownRepository, TransferDirection.Pull, "CONTAINER1015", null, null);

        Assert.AreEqual(expected, Classify(Logged(null, "CONTAINER1015: リポジトリが見つかりません", TransferDirection.Pull)));
        Assert.AreEqual(expected, Classify(Logged("", "CONTAINER1015: ...", TransferDirection.Pull)));
        Assert.AreEqual(expected, Classify(Logged("MSB4181", "x: CONTAINER1015: ...", TransferDirection.Pull)));
    }

    [TestMethod]
    public void Classify_SeveralErrors_AreClassifiedByTheFirstWithACode()
    {
        var evidence = new FailureEvidence
        {
            Errors = [new LoggedError(null, "something", []), new LoggedError("CONTAINER2007", "", []), new LoggedError("CONTAINER2012", "", [])],
        };

        Assert.AreEqual(ErrorKind.InvalidTag, Classify(evidence).Kind);
    }

    [TestMethod]
    public void Classify_CodeAndNameOfTheSdk_AreClassifiedByTheCode()
    {
        var evidence = new FailureEvidence { SdkError = "credential_failure", Errors = [new LoggedError("CONTAINER1011", "", [])] };

        Assert.AreEqual(ErrorKind.RidMismatch, Classify(evidence).Kind);
    }

    [TestMethod]
    public void Classify_NameOfTheSdk_BeatsParametersAndLeadingTypeName()
    {
        var evidence = new FailureEvidence
        {
            SdkError = "missing_binary",
            ProvedByParameters = ErrorKind.UnsupportedLocalRegistry,
            Errors = [new LoggedError(null, "DockerLoadException: no", [])],
            Phase = TransferDirection.Push,
        };

        Assert.AreEqual(new Failure(ErrorKind.MissingBinary, TransferDirection.Push, null, null, null), Classify(evidence));
    }

    [TestMethod]
    public void Classify_Parameters_BeatTheLeadingTypeName()
    {
        var evidence = new FailureEvidence
        {
            ProvedByParameters = ErrorKind.UnsupportedRuntimeIdentifiers,
            Errors = [new LoggedError(null, "DockerLoadException: no", [])],
        };

        Assert.AreEqual(new Failure(ErrorKind.UnsupportedRuntimeIdentifiers, TransferDirection.None, null, null, null), Classify(evidence));
    }

    [TestMethod]
    [DataRow("BaseImageNotFoundException: The RuntimeIdentifier 'linux-s390x' is not supported", ErrorKind.RidMismatch)]
    [DataRow("DockerLoadException: Fehler", ErrorKind.LocalLoad)]
    [DataRow("Microsoft.NET.Build.Containers.RepositoryNotFoundException: no", ErrorKind.UnknownRepository)]
    [DataRow("CredentialRetrievalException", ErrorKind.CredentialFailure)]
    [DataRow("Error: DockerLoadException: no", ErrorKind.Unknown)]
    [DataRow("DockerLoadExceptional", ErrorKind.Unknown)]
    [DataRow(": DockerLoadException", ErrorKind.Unknown)]
    [DataRow("", ErrorKind.Unknown)]
    [DataRow(null, ErrorKind.Unknown)]
    public void Classify_TypeNameAtTheStartOfAMessage_IsTheLastEvidenceUsed(string? text, ErrorKind expected) =>
        Assert.AreEqual(expected, Classify(Logged(null, text)).Kind);

    [TestMethod]
    public void Classify_EscapedException_IsClassifiedByItsCauses()
    {
        var evidence = new FailureEvidence { Escaped = Reset, Exceptions = [Reset, new JsonException()], Phase = TransferDirection.Pull };

        Assert.AreEqual(new Failure(ErrorKind.ConnectionLost, TransferDirection.Pull, "MSB4018", null, "HttpRequestException"), Classify(evidence));
    }

    [TestMethod]
    public void Classify_EscapedExceptionWithACode_KeepsTheCode()
    {
        var evidence = new FailureEvidence
        {
            Escaped = new NotSupportedException("CONTAINER1010: pulling from a local registry"),
            Phase = TransferDirection.Pull,
        };

        Assert.AreEqual(
            new Failure(ErrorKind.UnsupportedLocalRegistry, TransferDirection.None, "CONTAINER1010", null, "NotSupportedException"), Classify(evidence));
    }

    [TestMethod]
    public void Classify_EscapedHttpException_IsClassifiedByItsStatus()
    {
        var escaped = new ContainerHttpException("Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed.\nHTTP status code: BadGateway");

        Assert.AreEqual(
            new Failure(ErrorKind.RegistryServerError, TransferDirection.Pull, "CONTAINER1014", 502, "ContainerHttpException"),
            Classify(new FailureEvidence { Escaped = escaped, Phase = TransferDirection.Pull }));
    }

    [TestMethod]
    [DataRow(TransferDirection.Pull, ErrorKind.InvalidManifest)]
    [DataRow(TransferDirection.Push, ErrorKind.InternalError)]
    [DataRow(TransferDirection.None, ErrorKind.InternalError)]
    public void Classify_EscapedExceptionOfAGeneralType_IsClassifiedByThePhase(TransferDirection phase, ErrorKind expected) =>
        Assert.AreEqual(
            new Failure(expected, phase, "MSB4018", null, "NullReferenceException"),
            Classify(new FailureEvidence { Escaped = new NullReferenceException(), Phase = phase }));

    [TestMethod]
    public void Classify_NoErrorButATimeout_IsClassifiedByTheException()
    {
        var timeout = new TaskCanceledException("", new TimeoutException());

        Assert.AreEqual(
            new Failure(ErrorKind.Timeout, TransferDirection.Push, null, null, "TaskCanceledException"),
            Classify(new FailureEvidence { Exceptions = [timeout, Reset], Phase = TransferDirection.Push }));
    }

    [TestMethod]
    public void Classify_ErrorWithoutACodeOrExceptions_DoesNotTakeThoseThrownAfterIt()
    {
        var evidence = new FailureEvidence { Errors = [new LoggedError(null, "text", [])], Exceptions = [Reset] };

        Assert.AreEqual(new Failure(ErrorKind.Unknown, TransferDirection.None, null, null, null), Classify(evidence));
    }

    [TestMethod]
    public void Classify_DownloadThatFailsDuringAPush_IsAPull()
    {
        FailureEvidence evidence = Logged("CONTAINER1013", "CONTAINER1013: Failed to push", new UnableToDownloadFromRepositoryException(), Reset);

        Assert.AreEqual(new Failure(ErrorKind.ConnectionLost, TransferDirection.Pull, "CONTAINER1013", null, "HttpRequestException"), Classify(evidence));
    }

    [TestMethod]
    public void Classify_DownloadWithAnUnexpectedAnswerDuringAPush_IsAFailedDownload() =>
        Assert.AreEqual(
            new Failure(ErrorKind.DownloadFailed, TransferDirection.Pull, "CONTAINER1013", null, "ContainerHttpException"),
            Classify(Logged("CONTAINER1013", "CONTAINER1013: Failed to push", new UnableToDownloadFromRepositoryException(), new ContainerHttpException(""))));

    [TestMethod]
    public void Classify_DownloadReportWithoutACause_IsAFailedDownload() =>
        Assert.AreEqual(
            new Failure(ErrorKind.DownloadFailed, TransferDirection.Pull, "CONTAINER1018", null, "UnableToDownloadFromRepositoryException"),
            Classify(Logged("CONTAINER1018", "CONTAINER1018: no", new UnableToDownloadFromRepositoryException())));

    [TestMethod]
    public void Classify_BlobThatTheRegistryLacks_IsAFailedDownload() =>
        Assert.AreEqual(
            new Failure(ErrorKind.DownloadFailed, TransferDirection.Pull, "CONTAINER1018", 404, "HttpRequestException"),
            Classify(Logged("CONTAINER1018", "", new UnableToDownloadFromRepositoryException(), new HttpRequestException("", null, HttpStatusCode.NotFound))));

    [TestMethod]
    public void Classify_BlobOfAnotherDigest_IsAFailedDownload() =>
        Assert.AreEqual(
            ErrorKind.DownloadFailed,
            Classify(Logged("CONTAINER1018", "", new UnableToDownloadFromRepositoryException(), new InvalidDigestException())).Kind);

    [TestMethod]
    [DataRow("CONTAINER1018", TransferDirection.Push, TransferDirection.Pull)]
    [DataRow("CONTAINER1001", TransferDirection.Pull, TransferDirection.Push)]
    [DataRow("CONTAINER1014", TransferDirection.Push, TransferDirection.Push)]
    [DataRow("CONTAINER1014", TransferDirection.Pull, TransferDirection.Pull)]
    [DataRow("CONTAINER1016", TransferDirection.Pull, TransferDirection.Pull)]
    [DataRow("CONTAINER2011", TransferDirection.Pull, TransferDirection.None)]
    [DataRow("CONTAINER2012", TransferDirection.Push, TransferDirection.None)]
    public void Classify_Direction_IsThatOfTheCodeOrElseOfThePhase(string code, TransferDirection phase, TransferDirection expected) =>
        Assert.AreEqual(expected, Classify(Logged(code, "", phase)).Direction);

    private static Failure Classify(FailureEvidence evidence) => ErrorClassifier.Classify(evidence);

    private static FailureEvidence Logged(string? code, string? text, params Exception[] newestFirst) =>
        Logged(code, text, TransferDirection.None, newestFirst);

    private static FailureEvidence Logged(string? code, string? text, TransferDirection phase, params Exception[] newestFirst) =>
        new() { Errors = [new LoggedError(code, text, newestFirst)], Exceptions = newestFirst, Phase = phase };
}
