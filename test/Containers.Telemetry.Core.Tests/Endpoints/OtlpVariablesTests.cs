using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Endpoints;

/// <summary>
/// Every environment variable of the OpenTelemetry specification for an OTLP exporter
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/), for all signals and for one.
/// </summary>
[TestClass]
public sealed class OtlpVariablesTests
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>
    /// Each option with a value, the other options that it needs, and the part of a destination that shows that the option was read.
    /// </summary>
    private static readonly Dictionary<string, Case> Options = new()
    {
        ["ENDPOINT"] = new("https://other.example/v1/x", [], static destination => destination.Address.Host, "other.example"),
        ["HEADERS"] = new("key=value", [], static destination => destination.Headers.Single().Value, "value"),
        ["TIMEOUT"] =
            new("1234", [], static destination => destination.Timeout.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture), "1234"),
        ["PROTOCOL"] = new("grpc", [], static destination => destination.Protocol.ToString(), "Grpc"),
        ["COMPRESSION"] = new("gzip", [], static destination => destination.IsCompressed.ToString(), "True"),
        ["INSECURE"] = new("true", [("PROTOCOL", "grpc"), ("ENDPOINT", "localhost:4317")], static destination => destination.RequestAddress.Scheme, "http"),
        ["CERTIFICATE"] = new("ca.pem", [], static destination => Path.GetFileName(destination.CertificateFile), "ca.pem"),
        ["CLIENT_CERTIFICATE"] =
            new("client.pem", [("CLIENT_KEY", "client.key")], static destination => Path.GetFileName(destination.ClientCertificate?.Certificate), "client.pem"),
        ["CLIENT_KEY"] =
            new("client.key", [("CLIENT_CERTIFICATE", "client.pem")], static destination => Path.GetFileName(destination.ClientCertificate?.Key), "client.key"),
    };

    private sealed record Case(string Value, (string Option, string Value)[] Beside, Func<OtlpDestination, string?> Read, string Expected);

    public static IEnumerable<(string Signal, string Option)> Variables =>
        new[] { "", "LOGS_", "TRACES_", "METRICS_" }.SelectMany(static _ => Options.Keys, static (signal, option) => (signal, option));

    [TestMethod]
    [DynamicData(nameof(Variables))]
    public void A_variable_is_honoured_for_its_signals_alone(string signal, string option)
    {
        using TemporaryFolder folder = new();
        using TestCertificateAuthority authority = TestCertificateAuthority.Create(folder.Path);
        authority.CreateClientFiles(folder.Path);
        (string value, (string Option, string Value)[] beside, Func<OtlpDestination, string?> read, string expected) = Options[option];
        SettingsInput input = new() { Variables = { [Prefix + "ENDPOINT"] = "https://collector.example", ["OTEL_METRICS_EXPORTER"] = "otlp" } };
        foreach ((string name, string text) in beside)
        {
            input.Variables[Prefix + name] = InFolder(folder, text);
        }

        string? without = Read(input.Resolve()!.Logs!, read);

        input.Variables[Prefix + signal + option] = InFolder(folder, value);
        OtlpSettings after = input.Resolve()!;

        Assert.AreEqual(signal is "" or "LOGS_" ? expected : without, Read(after.Logs!, read));
        Assert.AreEqual(signal is "" or "TRACES_" ? expected : without, Read(after.Traces!, read));
        Assert.AreEqual(signal is "" or "METRICS_" ? expected : without, Read(after.Metrics!, read));
        Assert.AreNotEqual(expected, without);
    }

    [TestMethod]
    [DataRow("collector:4317", "https", "")]
    [DataRow("localhost:4317", "https", "")]
    [DataRow("collector", "https", "")]
    [DataRow("http://localhost:4317", "http", "")]
    [DataRow("grpc://localhost:4317", null, "CTEL0008")]
    public void An_endpoint_of_grpc_may_lack_its_scheme(string endpoint, string? scheme, string problem)
    {
        SettingsInput input = new() { Variables = { [Prefix + "ENDPOINT"] = endpoint, [Prefix + "PROTOCOL"] = "grpc" } };

        Assert.AreEqual(scheme, input.Resolve()?.Logs?.RequestAddress.Scheme);
        Assert.AreEqual(problem, string.Concat(input.ProblemCodes));
    }

    [TestMethod]
    public void An_invalid_value_for_insecure_is_one_problem_and_TLS_is_used()
    {
        SettingsInput input = new() { Variables = { [Prefix + "ENDPOINT"] = "localhost:4317", [Prefix + "PROTOCOL"] = "grpc", [Prefix + "INSECURE"] = "1" } };

        Assert.AreEqual("https", input.Resolve()?.Logs?.Address.Scheme);
        CollectionAssert.AreEqual(new[] { "CTEL0016" }, input.ProblemCodes.ToArray());
    }

    /// <summary>
    /// The variables for metrics alone (https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/). The exporter supports one value of
    /// each, and warns of any other.
    /// </summary>
    [TestMethod]
    [DataRow("TEMPORALITY_PREFERENCE", "delta", "")]
    [DataRow("TEMPORALITY_PREFERENCE", "LowMemory", "")]
    [DataRow("TEMPORALITY_PREFERENCE", "", "")]
    [DataRow("TEMPORALITY_PREFERENCE", "cumulative", "CTEL0026")]
    [DataRow("TEMPORALITY_PREFERENCE", "nonsense", "CTEL0026")]
    [DataRow("DEFAULT_HISTOGRAM_AGGREGATION", "explicit_bucket_histogram", "")]
    [DataRow("DEFAULT_HISTOGRAM_AGGREGATION", "base2_exponential_bucket_histogram", "CTEL0026")]
    public void A_metrics_variable_is_supported_or_reported_if_the_variables_set_the_endpoint(string option, string value, string problem)
    {
        SettingsInput sent = new()
        {
            Metrics = "true",
            Variables = { [Prefix + "ENDPOINT"] = "https://collector.example", [Prefix + "METRICS_" + option] = value },
        };
        SettingsInput sentByProperty = new()
        {
            Endpoint = "https://collector.example",
            Metrics = "true",
            Variables = { [Prefix + "METRICS_" + option] = value },
        };
        SettingsInput notSent = new() { Variables = { [Prefix + "ENDPOINT"] = "https://collector.example", [Prefix + "METRICS_" + option] = value } };

        Assert.IsNotNull(sent.Resolve()!.Metrics);
        Assert.IsNotNull(sentByProperty.Resolve()!.Metrics);
        Assert.IsNull(notSent.Resolve()!.Metrics);

        Assert.AreEqual(problem, string.Concat(sent.ProblemCodes));
        Assert.IsEmpty(sentByProperty.Problems, "With an endpoint from a property the variable must be ignored.");
        Assert.IsEmpty(notSent.Problems);
        Assert.IsTrue(sent.Problems.All(one => one.Text.Contains(Prefix + "METRICS_" + option, StringComparison.Ordinal)));
    }

    private static string? Read(OtlpDestination destination, Func<OtlpDestination, string?> read)
    {
        try
        {
            return read(destination);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string InFolder(TemporaryFolder folder, string value) => Path.GetExtension(value) is ".pem" or ".key" ? folder.Combine(value) : value;
}
