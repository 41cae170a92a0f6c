using Containers.Telemetry.Otlp;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Endpoints;

/// <summary>Reads the settings of the export when an endpoint is set.</summary>
internal sealed class OtlpSettingsReader(
    string? endpoint, string? allowInsecureEndpoint, string? protocol, string? metrics, Func<string, string?> getVariable, ICollection<SettingProblem> problems)
{
    /// <summary>The longest file of certificate authorities, in bytes: many times the size of all public ones.</summary>
    public const int MaxCertificateBytes = 4 << 20;

    private const string AllowInsecureEndpointVariable = "CONTAINERS_TELEMETRY_ALLOW_INSECURE_ENDPOINT";
    private const string PemHeader = "-----BEGIN CERTIFICATE-----";

    private readonly string? _endpoint = Normalize(endpoint);
    private readonly string? _protocol = Normalize(protocol);
    private readonly string? _metrics = Normalize(metrics);
    private bool _allowsInsecureEndpoint;

    /// <summary>Reads the settings; null when no signal has an endpoint that may be used.</summary>
    public OtlpSettings? Read()
    {
        _allowsInsecureEndpoint = ReadAllowInsecureEndpoint(Normalize(allowInsecureEndpoint));
        OtlpDestination? logs = ReadDestination(OtlpSignal.Logs);
        OtlpDestination? traces = ReadDestination(OtlpSignal.Traces);
        OtlpDestination? metrics = ReadDestination(OtlpSignal.Metrics);
        if (metrics is not null && _endpoint is null)
        {
            ReadMetricsForm();
        }

        return logs is null && traces is null && metrics is null
            ? null
            : new OtlpSettings { Logs = logs, Traces = traces, Metrics = metrics, ResourceAttributes = ReadResourceAttributes() };
    }

    private OtlpDestination? ReadDestination(OtlpSignal signal)
    {
        if (!IsExported(signal) || ReadAddress(signal) is not { } address)
        {
            return null;
        }

        bool areHeadersUsable = TryReadHeaders(signal, address.UserInfo, out List<NamedValue> headers);
        bool isCertificateUsable = TryReadCertificateFile(signal, address, out string? certificateFile);
        bool isClientCertificateUsable = TryReadClientCertificate(signal, address, out ClientCertificateFiles? clientCertificate);
        OtlpProtocol? protocol = ReadProtocol(signal);

        return new OtlpDestination(signal, WithoutUserInfo(address))
        {
            Headers = headers,
            CertificateFile = certificateFile,
            Timeout = ReadTimeout(signal),
            IsCompressed = ReadIsCompressed(signal),
            Protocol = protocol ?? default,
            ClientCertificate = clientCertificate,
            IsHeld = !areHeadersUsable || !isCertificateUsable || !isClientCertificateUsable || protocol is null,
        };
    }

    // The property applies only to this package. The variables apply to all programs, and may turn a signal off.
    private bool IsExported(OtlpSignal signal) => signal is OtlpSignal.Metrics
        ? AreMetricsAskedFor()
        : _endpoint is not null || Variable(OtlpVariables.ExporterOf(signal)) is not { } exporters || ListsOtlp(exporters);

    // Most endpoints that take logs and spans charge for each series of a metric, so they are off by default.
    private bool AreMetricsAskedFor()
    {
        return _metrics is not null
            ? ReadFlag(_metrics, "property ContainersTelemetryMetrics", "no metrics are sent")
            : Variable(OtlpVariables.ExporterOf(OtlpSignal.Metrics)) is { } exporters && ListsOtlp(exporters);
    }

    // A publish has no earlier state to add to. The specification's lowmemory means deltas for counters and histograms, too.
    private void ReadMetricsForm()
    {
        string temporality = OtlpVariables.For(OtlpSignal.Metrics, "TEMPORALITY_PREFERENCE");
        if (Variable(temporality) is { } preference && !Is(preference, "delta") && !Is(preference, "lowmemory"))
        {
            Report(Diagnostics.MetricsForm, Describe(temporality), "delta or lowmemory", "neither", "deltas");
        }

        string aggregation = OtlpVariables.For(OtlpSignal.Metrics, "DEFAULT_HISTOGRAM_AGGREGATION");
        if (Variable(aggregation) is { } histogram && !Is(histogram, "explicit_bucket_histogram"))
        {
            Report(Diagnostics.MetricsForm, Describe(aggregation), "explicit_bucket_histogram", "another", "buckets with fixed bounds");
        }
    }

    private static bool ListsOtlp(string exporters) =>
        exporters.Split(',', StringSplitOptions.TrimEntries).Contains(OtlpVariables.OtlpExporter, StringComparer.OrdinalIgnoreCase);

    private Uri? ReadAddress(OtlpSignal signal)
    {
        if (_endpoint is not null)
        {
            return ParseAddress("property ContainersTelemetryEndpoint", _endpoint, PathOf(signal));
        }

        string name = OtlpVariables.For(signal, "ENDPOINT");

        if (Variable(name) is { } own)
        {
            return ParseAddress(Describe(name), WithScheme(signal, own), path: null);
        }

        return Variable(OtlpVariables.Endpoint) is { } shared
            ? ParseAddress(Describe(OtlpVariables.Endpoint), WithScheme(signal, shared), PathOf(signal))
            : null;
    }

    // For gRPC the specification allows just a host and a port, and has a variable for no TLS.
    private string WithScheme(OtlpSignal signal, string address) =>
        address.Contains("://", StringComparison.Ordinal) || ReadProtocol(signal) is not OtlpProtocol.Grpc ? address
        : (ReadIsInsecure(signal) ? "http://" : "https://") + address;

    private bool ReadIsInsecure(OtlpSignal signal)
    {
        string? value = VariableFor(signal, "INSECURE", out string name);
        return ReadFlag(value, Describe(name), "TLS is used");
    }

    // The path is appended to the URL of all signals; null for a URL of one signal.
    private Uri? ParseAddress(string setting, string value, string? path)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? address) || !IsHttp(address) || address.Host.Length == 0)
        {
            Report(Diagnostics.EndpointUrl, setting);
            return null;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !OtlpDestination.IsLoopback(address) && !_allowsInsecureEndpoint)
        {
            Report(Diagnostics.InsecureEndpoint, setting, AllowInsecureEndpointVariable);
            return null;
        }

        return path is null ? address : new UriBuilder(address) { Path = address.AbsolutePath.TrimEnd('/') + path, Fragment = "" }.Uri;
    }

    // The property is about the property's endpoint. The variables may be meant for programs with another endpoint.
    private OtlpProtocol? ReadProtocol(OtlpSignal signal)
    {
        string name = "";
        string? value = _endpoint is not null ? _protocol : VariableFor(signal, "PROTOCOL", out name);
        if (value is null)
        {
            return OtlpProtocol.HttpProtobuf;
        }

        OtlpProtocol? protocol = OtlpProtocolName.TryParse(value);
        if (protocol is null)
        {
            Report(Diagnostics.Protocol, _endpoint is not null ? "property ContainersTelemetryProtocol" : Describe(name));
        }

        return protocol;
    }

    private bool TryReadHeaders(OtlpSignal signal, string userInfo, out List<NamedValue> headers)
    {
        headers = [];
        bool isUsable = true;

        if (VariableFor(signal, "HEADERS", out string name) is { } list)
        {
            List<NamedValue>? parsed = NamedValueList.TryParse(list, StringComparison.OrdinalIgnoreCase, isBaggage: true);
            if (parsed is null)
            {
                Report(Diagnostics.Headers, Describe(name));
            }
            else if (!parsed.TrueForAll(HttpHeaderRules.IsAllowed))
            {
                Report(Diagnostics.ForbiddenHeader, Describe(name));
            }
            else
            {
                headers = parsed;
            }

            isUsable = ReferenceEquals(headers, parsed);
        }

        if (userInfo.Length > 0 && !headers.Exists(static header => Is(header.Name, "Authorization")))
        {
            headers.Add(new NamedValue("Authorization", BasicCredentials(userInfo)));
        }

        return isUsable;
    }

    private bool TryReadCertificateFile(OtlpSignal signal, Uri address, out string? file)
    {
        file = null;

        // Without TLS there is nothing to verify.
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return true;
        }

        file = VariableFor(signal, "CERTIFICATE", out string name);

        if (file is null || HoldsCertificate(file))
        {
            return true;
        }

        Report(Diagnostics.Certificate, Describe(name));
        return false;
    }

    private bool TryReadClientCertificate(OtlpSignal signal, Uri address, out ClientCertificateFiles? files)
    {
        files = null;
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return true;
        }

        string? certificate = VariableFor(signal, "CLIENT_CERTIFICATE", out string certificateName);
        string? key = VariableFor(signal, "CLIENT_KEY", out string keyName);
        if (certificate is null && key is null)
        {
            return true;
        }

        if (certificate is not null && key is not null && HoldsCertificate(certificate) && File.Exists(key))
        {
            files = new ClientCertificateFiles(certificate, key);
            return true;
        }

        Report(Diagnostics.ClientCertificate, certificateName, keyName);
        return false;
    }

    private TimeSpan ReadTimeout(OtlpSignal signal)
    {
        if (VariableFor(signal, "TIMEOUT", out string name) is not { } value)
        {
            return OtlpDestination.DefaultTimeout;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
        {
            Report(Diagnostics.ExportTimeout, Describe(name));
            return OtlpDestination.DefaultTimeout;
        }

        return milliseconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
    }

    private bool ReadIsCompressed(OtlpSignal signal)
    {
        if (VariableFor(signal, "COMPRESSION", out string name) is not { } value || Is(value, "none"))
        {
            return false;
        }

        if (!Is(value, "gzip"))
        {
            Report(Diagnostics.Compression, Describe(name));
            return false;
        }

        return true;
    }

    private bool ReadAllowInsecureEndpoint(string? property)
    {
        string setting = property is null ? Describe(AllowInsecureEndpointVariable) : "property ContainersTelemetryAllowInsecureEndpoint";
        return ReadFlag(property ?? Variable(AllowInsecureEndpointVariable), setting, "http is allowed to this machine alone");
    }

    private bool ReadFlag(string? value, string setting, string consequence)
    {
        if (value is not null && !OtlpVariables.IsTrue(value) && !Is(value, "false"))
        {
            Report(Diagnostics.Switch, setting, consequence);
        }

        return OtlpVariables.IsTrue(value);
    }

    private List<KeyValuePair<string, string>> ReadResourceAttributes()
    {
        string? service = Variable(OtlpVariables.ServiceName);
        List<KeyValuePair<string, string>> attributes = [];

        foreach (NamedValue attribute in ReadResourceAttributeList())
        {
            if (service is null || attribute.Name != "service.name")
            {
                attributes.Add(new KeyValuePair<string, string>(attribute.Name, attribute.Value));
            }
        }

        if (service is not null)
        {
            attributes.Add(new KeyValuePair<string, string>("service.name", service));
        }

        return attributes;
    }

    private List<NamedValue> ReadResourceAttributeList()
    {
        if (Variable(OtlpVariables.ResourceAttributes) is not { } list)
        {
            return [];
        }

        if (NamedValueList.TryParse(list, StringComparison.Ordinal, isBaggage: false) is { } attributes)
        {
            return attributes;
        }

        Report(Diagnostics.ResourceAttributes, Describe(OtlpVariables.ResourceAttributes));
        return [];
    }

    private string? VariableFor(OtlpSignal signal, string option, out string name)
    {
        name = OtlpVariables.For(signal, option);

        if (Variable(name) is { } own)
        {
            return own;
        }

        name = OtlpVariables.For(option);
        return Variable(name);
    }

    private string? Variable(string name) => Normalize(getVariable(name));

    // Each signal reads the variables that all of them share.
    private void Report(Diagnostic diagnostic, params string[] arguments)
    {
        SettingProblem problem = diagnostic.Problem(arguments);

        if (!problems.Contains(problem))
        {
            problems.Add(problem);
        }
    }

    // By the specification, an empty variable is one that is not set.
    private static string? Normalize(string? value) => value?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string Describe(string variable) => "environment variable " + variable;

    private static bool Is(string value, string word) => value.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string PathOf(OtlpSignal signal) => "/v1/" + OtlpDestination.NameOf(signal);

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private static Uri WithoutUserInfo(Uri address) =>
        new(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped));

    private static string BasicCredentials(string userInfo) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo)));

    private static bool HoldsCertificate(string file)
    {
        try
        {
            return PlainFile.ReadStart(file, MaxCertificateBytes)?.Contains(PemHeader, StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            return false;
        }
    }
}
