using System.Globalization;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Sdk;

/// <summary>Compares the product's knowledge of the SDK's messages and exceptions with the installed SDK.</summary>
[TestClass]
public sealed class ErrorCodeTests
{
    [TestMethod]
    public void EachCodeOfTheSdk_HasAKind()
    {
        string[] codes = [.. ObservedSdk.Messages[""].Values.Select(ErrorCodes.FindIn).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string[] unknown = [.. codes.Where(code => ErrorCodes.KindOf(code) is null)];

        Assert.IsGreaterThan(40, codes.Length, "The SDK's table of messages was not found.");
        Assert.IsEmpty(unknown, $"Codes without a kind of error: {string.Join(", ", unknown)}. Map them in ErrorCodes.KindOf.");
    }

    [TestMethod]
    public void EachCodeOfTheSdk_IsFoundInEveryLanguage()
    {
        Assert.IsGreaterThan(10, ObservedSdk.Messages.Count);
        foreach ((string language, Dictionary<string, string> messages) in ObservedSdk.Messages)
        {
            foreach ((string name, string message) in messages)
            {
                Assert.AreEqual(ErrorCodes.FindIn(ObservedSdk.Messages[""][name]), ErrorCodes.FindIn(message), $"{language}: {message}");
            }
        }
    }

    [TestMethod]
    public void StatusInAMessageOfTheSdk_IsFoundInEveryLanguage()
    {
        foreach ((string language, Dictionary<string, string> messages) in ObservedSdk.Messages)
        {
            string ofManifest = Format(messages["RegistryPushFailed"], "TooManyRequests");
            string ofBlob = Format(messages["BlobUploadFailed"], "PUT https://registry.example/v2/Forbidden/blobs?digest=Gone", "TooManyRequests");
            foreach (string message in (string[])[ofManifest, ofBlob, Format(messages["RegistryOutputPushFailed"], ofBlob)])
            {
                Assert.AreEqual(429, HttpStatusText.FindIn(message), $"{language}: {message}");
            }
        }
    }

    [TestMethod]
    public void MessagesOfTheSdk_WithoutAStatus_GiveNone()
    {
        foreach ((string language, Dictionary<string, string> messages) in ObservedSdk.Messages)
        {
            foreach (string message in messages.Values)
            {
                Assert.IsNull(HttpStatusText.FindIn(message), $"{language}: {message}");
            }
        }
    }

    [TestMethod]
    [DataRow("BaseImageNotFoundException")]
    [DataRow("ContainerHttpException")]
    [DataRow("CredentialRetrievalException")]
    [DataRow("DockerLoadException")]
    [DataRow("InvalidDigestException")]
    [DataRow("RepositoryNotFoundException")]
    [DataRow("UnableToAccessRepositoryException")]
    [DataRow("UnableToDownloadFromRepositoryException")]
    public void ExceptionType_UsedForClassification_IsInTheSdk(string name) =>
        Assert.HasCount(1, ObservedSdk.TaskAssembly.GetTypes().Where(type =>
            type.Name == name
            && type.Namespace!.StartsWith(ObservedSdk.Namespace, StringComparison.Ordinal)
            && type.IsSubclassOf(typeof(Exception))));

    [TestMethod]
    public void EachExceptionTypeOfTheSdk_MayBeNamed()
    {
        IEnumerable<Type> types = ObservedSdk.TaskAssembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Exception)));
        string[] unknown = [.. types.Select(type => type.FullName!).Except(ExceptionTypes.FullNames)];

        Assert.IsEmpty(unknown, $"Add to ExceptionTypes.FullNames, and to ExceptionEvidence if it tells why a publish failed: {string.Join(", ", unknown)}");
    }

    private static string Format(string message, params string[] arguments) => string.Format(CultureInfo.InvariantCulture, message, arguments);
}
