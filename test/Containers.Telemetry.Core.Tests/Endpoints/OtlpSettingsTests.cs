using Containers.Telemetry.TestInfrastructure.Publishing;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Endpoints;

[TestClass]
public sealed class OtlpSettingsTests
{
    [TestMethod]
    public void No_endpoint_is_no_export()
    {
        SettingsInput input = new() { Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = "not a list", ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "  " } };

        Assert.IsNull(input.Resolve());
        Assert.IsEmpty(input.Problems);
    }

    [TestMethod]
    [DataRow("http://localhost:4318", "http://localhost:4318/v1/logs", "http://localhost:4318/v1/traces")]
    [DataRow("http://localhost:4318/", "http://localhost:4318/v1/logs", "http://localhost:4318/v1/traces")]
    [DataRow("https://collector.example", "https://collector.example/v1/logs", "https://collector.example/v1/traces")]
    [DataRow("https://collector.example/otlp", "https://collector.example/otlp/v1/logs", "https://collector.example/otlp/v1/traces")]
    [DataRow("https://collector.example/otlp/", "https://collector.example/otlp/v1/logs", "https://collector.example/otlp/v1/traces")]
    [DataRow("https://collector.example/a%2Fb", "https://collector.example/a%2Fb/v1/logs", "https://collector.example/a%2Fb/v1/traces")]
    [DataRow("https://collector.example/?tenant=1#part", "https://collector.example/v1/logs?tenant=1", "https://collector.example/v1/traces?tenant=1")]
    [DataRow(" https://[2001:db8::1]:4318 ", "https://[2001:db8::1]:4318/v1/logs", "https://[2001:db8::1]:4318/v1/traces")]
    public void A_base_endpoint_gets_the_path_of_each_signal(string endpoint, string logs, string traces)
    {
        SettingsInput byProperty = new() { Endpoint = endpoint };
        SettingsInput byVariable = new() { Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint } };

        foreach (OtlpSettings? settings in new[] { byProperty.Resolve(), byVariable.Resolve() })
        {
            Assert.AreEqual(logs, settings?.Logs?.Address.AbsoluteUri);
            Assert.AreEqual(traces, settings?.Traces?.Address.AbsoluteUri);
        }
    }

    [TestMethod]
    public void An_endpoint_of_one_signal_is_used_as_it_is()
    {
        SettingsInput input = new()
        {
            Variables =
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://shared.example",
                ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = "https://logs.example/ingest",
            },
        };

        OtlpSettings? settings = input.Resolve();

        Assert.AreEqual("https://logs.example/ingest", settings?.Logs?.Address.AbsoluteUri);
        Assert.AreEqual("https://shared.example/v1/traces", settings?.Traces?.Address.AbsoluteUri);
    }

    [TestMethod]
    public void One_signal_alone_may_have_an_endpoint()
    {
        SettingsInput input = new() { Variables = { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "https://traces.example" } };

        OtlpSettings? settings = input.Resolve();

        Assert.IsNull(settings?.Logs);
        Assert.AreEqual("https://traces.example/", settings?.Traces?.Address.AbsoluteUri);
    }

    [TestMethod]
    [DataRow(null, null, false)]
    [DataRow(null, "", false)]
    [DataRow(null, "none", false)]
    [DataRow(null, "prometheus", false)]
    [DataRow(null, "otlp", true)]
    [DataRow(null, "console, OTLP", true)]
    [DataRow("true", null, true)]
    [DataRow(" True ", "none", true)]
    [DataRow("false", "otlp", false)]
    public void Metrics_are_sent_only_on_request(string? property, string? exporters, bool areSent)
    {
        foreach (string? endpoint in new[] { null, "https://property.example" })
        {
            SettingsInput input = new()
            {
                Endpoint = endpoint,
                Metrics = property,
                Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://shared.example", ["OTEL_METRICS_EXPORTER"] = exporters ?? "" },
            };

            OtlpSettings? settings = input.Resolve();

            Assert.AreEqual(areSent ? (endpoint ?? "https://shared.example") + "/v1/metrics" : null, settings?.Metrics?.Address.AbsoluteUri);
            Assert.IsNotNull(settings?.Logs);
            Assert.IsEmpty(input.Problems);
        }
    }

    [TestMethod]
    public void Metrics_have_variables_of_their_own()
    {
        SettingsInput input = new()
        {
            Metrics = "true",
            Variables =
            {
                ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "https://metrics.example/ingest",
                ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "http/json",
                ["OTEL_EXPORTER_OTLP_METRICS_HEADERS"] = "key=value",
                ["OTEL_EXPORTER_OTLP_METRICS_TIMEOUT"] = "1500",
                ["OTEL_EXPORTER_OTLP_METRICS_COMPRESSION"] = "gzip",
            },
        };

        OtlpSettings? settings = input.Resolve();

        Assert.IsNull(settings?.Logs);
        Assert.AreEqual("https://metrics.example/ingest", settings?.Metrics?.Address.AbsoluteUri);
        Assert.AreEqual(OtlpProtocol.HttpJson, settings?.Metrics?.Protocol);
        Assert.AreEqual("key: value", Describe(settings?.Metrics));
        Assert.AreEqual(TimeSpan.FromMilliseconds(1500), settings?.Metrics?.Timeout);
        Assert.IsTrue(settings?.Metrics?.IsCompressed);
    }

    [TestMethod]
    public void Metrics_variables_are_ignored_while_metrics_are_off()
    {
        SettingsInput input = new()
        {
            Variables =
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://shared.example",
                ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "nonsense",
                ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "nonsense",
            },
        };

        Assert.IsNull(input.Resolve()?.Metrics);
        Assert.IsEmpty(input.Problems);
    }

    [TestMethod]
    public void An_invalid_switch_for_metrics_is_off_with_one_warning()
    {
        SettingsInput input = new() { Endpoint = "https://property.example", Metrics = "yes", Variables = { ["OTEL_METRICS_EXPORTER"] = "otlp" } };

        Assert.IsNull(input.Resolve()?.Metrics);
        CollectionAssert.AreEqual(new[] { "CTEL0016" }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    public void The_property_wins_over_all_endpoint_variables()
    {
        SettingsInput input = new()
        {
            Endpoint = "https://property.example",
            Variables =
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://shared.example",
                ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = "https://logs.example",
            },
        };

        Assert.AreEqual("https://property.example/v1/logs", input.Resolve()?.Logs?.Address.AbsoluteUri);
    }

    [TestMethod]
    [DataRow("collector:4318")]
    [DataRow("/var/run/collector")]
    [DataRow("grpc://collector:4317")]
    [DataRow("http://")]
    [DataRow("https://collector:port")]
    public void A_bad_endpoint_is_one_problem_and_no_export(string endpoint)
    {
        SettingsInput byProperty = new() { Endpoint = endpoint, Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://other.example" } };
        SettingsInput byVariable = new() { Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint } };

        Assert.IsNull(byProperty.Resolve());
        Assert.IsNull(byVariable.Resolve());
        CollectionAssert.AreEqual(new[] { "CTEL0008" }, byProperty.ProblemCodes.ToArray());
        CollectionAssert.AreEqual(new[] { "CTEL0008" }, byVariable.ProblemCodes.ToArray());
    }

    [TestMethod]
    [DataRow("http://localhost:4318", null, true)]
    [DataRow("http://LOCALHOST", null, true)]
    [DataRow("http://127.0.0.1:4318", null, true)]
    [DataRow("http://127.8.9.10", null, true)]
    [DataRow("http://[::1]:4318", null, true)]
    [DataRow("https://collector.example", null, true)]
    [DataRow("http://collector.example", "true", true)]
    [DataRow("http://collector.example", " True ", true)]
    [DataRow("http://collector.example", null, false)]
    [DataRow("http://collector.example", "false", false)]
    [DataRow("http://10.0.0.1", null, false)]
    [DataRow("http://collector.dev.localhost:4318", null, true)]
    [DataRow("http://notlocalhost", null, false)]
    [DataRow("http://localhost.evil.example", null, false)]
    [DataRow("http://127.0.0.1.evil.example", null, false)]
    [DataRow("http://localhost@evil.example", null, false)]
    public void Plain_http_leaves_the_machine_only_when_that_is_allowed(string endpoint, string? allow, bool isExported)
    {
        SettingsInput input = new() { Endpoint = endpoint, AllowInsecureEndpoint = allow };

        Assert.AreEqual(isExported, input.Resolve() is not null);
        CollectionAssert.AreEqual(isExported ? [] : new[] { "CTEL0009" }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    public void An_invalid_permission_for_plain_http_permits_nothing()
    {
        SettingsInput input = new() { Endpoint = "http://collector.example", AllowInsecureEndpoint = "1" };

        Assert.IsNull(input.Resolve());
        CollectionAssert.AreEqual(new[] { "CTEL0016", "CTEL0009" }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    [DataRow(null, "true", true)]
    [DataRow("false", "true", false)]
    [DataRow("true", "false", true)]
    [DataRow(null, null, false)]
    public void The_variable_allows_plain_http_unless_the_property_says_otherwise(string? property, string? variable, bool isExported)
    {
        SettingsInput input = new()
        {
            AllowInsecureEndpoint = property,
            Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://otel-collector:4318", ["CONTAINERS_TELEMETRY_ALLOW_INSECURE_ENDPOINT"] = variable ?? "" },
        };

        Assert.AreEqual(isExported, input.Resolve() is not null);
        CollectionAssert.AreEqual(isExported ? [] : new[] { "CTEL0009" }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    [DataRow("api-key=secret", "api-key: secret")]
    [DataRow("x%2Dname=1", "x%2Dname: 1")]
    [DataRow("key=a;property;other=1, next=b", "key: a|next: b")]
    [DataRow("key=a%3Bb", "key: a;b")]
    [DataRow(" a = 1 , b=2,,", "a: 1|b: 2")]
    [DataRow("Authorization=Basic%20dXNlcjpwYXNz", "Authorization: Basic dXNlcjpwYXNz")]
    [DataRow("Authorization=Basic dXNlcjpwYQ==", "Authorization: Basic dXNlcjpwYQ==")]
    [DataRow("key=%2C%3d%25", "key: ,=%")]
    [DataRow("key=1,KEY=2", "KEY: 2")]
    [DataRow("key=", "key: ")]
    public void Headers_are_a_percent_encoded_list(string text, string expected)
    {
        SettingsInput input = new() { Endpoint = "http://localhost", Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = text } };

        OtlpDestination? logs = input.Resolve()?.Logs;

        Assert.AreEqual(expected, Describe(logs));
        Assert.IsFalse(logs?.IsHeld);
        Assert.IsEmpty(input.Problems);
    }

    [TestMethod]
    [DataRow("no-equals-sign", "CTEL0010", DisplayName = "no equals sign")]
    [DataRow("=value", "CTEL0010", DisplayName = "no name")]
    [DataRow("key=%", "CTEL0010", DisplayName = "cut escape")]
    [DataRow("key=%2", "CTEL0010", DisplayName = "half an escape")]
    [DataRow("key=%zz", "CTEL0010", DisplayName = "no hex digits")]
    [DataRow("key=%ff", "CTEL0010", DisplayName = "not UTF-8")]
    [DataRow("key=%0d%0aX-Other: 1", "CTEL0023", DisplayName = "line break in a value")]
    [DataRow("k y=1", "CTEL0023", DisplayName = "space in a name")]
    [DataRow("key=%C3%A9", "CTEL0023", DisplayName = "not ASCII")]
    [DataRow("Content-Type=text/plain", "CTEL0023", DisplayName = "a header of the exporter's own")]
    [DataRow("host=other.example", "CTEL0023", DisplayName = "the host")]
    [DataRow("good=1,transfer-encoding=chunked", "CTEL0023", DisplayName = "one of two")]
    public void Invalid_headers_keep_events_in_the_outbox(string text, string code)
    {
        SettingsInput input = new() { Endpoint = "http://localhost", Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = text } };

        OtlpSettings? settings = input.Resolve();

        Assert.IsTrue(settings?.Logs?.IsHeld);
        Assert.IsTrue(settings?.Traces?.IsHeld);
        Assert.AreEqual("", Describe(settings?.Logs));
        CollectionAssert.AreEqual(new[] { code }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    public void The_headers_of_a_signal_replace_those_for_all()
    {
        SettingsInput input = new()
        {
            Endpoint = "http://localhost",
            Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = "a=1,b=2", ["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] = "b=3" },
        };

        OtlpSettings? settings = input.Resolve();

        Assert.AreEqual("a: 1|b: 2", Describe(settings?.Logs));
        Assert.AreEqual("b: 3", Describe(settings?.Traces));
    }

    [TestMethod]
    [DataRow("https://user:p%40ss@collector.example", "", "Authorization: Basic dXNlcjpwQHNz")]
    [DataRow("https://user@collector.example", "", "Authorization: Basic dXNlcg==")]
    [DataRow("https://user:pass@collector.example", "authorization=Bearer token", "authorization: Bearer token")]
    [DataRow("https://user:pass@collector.example", "key=1", "key: 1|Authorization: Basic dXNlcjpwYXNz")]
    public void Credentials_in_the_url_become_a_header(string endpoint, string headers, string expected)
    {
        SettingsInput input = new() { Endpoint = endpoint, Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = headers } };

        OtlpDestination? logs = input.Resolve()?.Logs;

        Assert.AreEqual(expected, Describe(logs));
        Assert.AreEqual("https://collector.example/v1/logs", logs?.Address.AbsoluteUri);
    }

    [TestMethod]
    [DataRow(null, 10_000)]
    [DataRow("", 10_000)]
    [DataRow("2500", 2_500)]
    [DataRow("0", Timeout.Infinite)]
    public void The_timeout_is_in_milliseconds(string? text, int expected)
    {
        SettingsInput input = new() { Endpoint = "http://localhost", Variables = { ["OTEL_EXPORTER_OTLP_TIMEOUT"] = text ?? "" } };

        Assert.AreEqual(expected, input.Resolve()?.Logs?.Timeout.TotalMilliseconds);
        Assert.IsEmpty(input.Problems);
    }

    [TestMethod]
    [DataRow("TIMEOUT", "-1", "CTEL0024")]
    [DataRow("TIMEOUT", "10s", "CTEL0024")]
    [DataRow("TIMEOUT", "99999999999", "CTEL0024")]
    [DataRow("COMPRESSION", "zstd", "CTEL0025")]
    public void A_bad_option_is_ignored_with_one_problem(string option, string value, string code)
    {
        SettingsInput input = new()
        {
            Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost", ["OTEL_EXPORTER_OTLP_" + option] = value },
        };

        OtlpDestination? logs = input.Resolve()?.Logs;

        Assert.IsFalse(logs?.IsHeld);
        Assert.AreEqual(10_000, logs?.Timeout.TotalMilliseconds);
        Assert.IsFalse(logs?.IsCompressed);
        CollectionAssert.AreEqual(new[] { code }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    [DataRow(null, false)]
    [DataRow("gzip", true)]
    [DataRow("GZIP", true)]
    [DataRow("none", false)]
    public void Bodies_are_compressed_only_on_request(string? text, bool expected)
    {
        SettingsInput input = new() { Endpoint = "http://localhost", Variables = { ["OTEL_EXPORTER_OTLP_COMPRESSION"] = text ?? "" } };

        Assert.AreEqual(expected, input.Resolve()?.Logs?.IsCompressed);
    }

    [TestMethod]
    public void An_option_for_one_signal_overrides_the_general_one()
    {
        SettingsInput input = new()
        {
            Endpoint = "http://localhost",
            Variables =
            {
                ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "1000",
                ["OTEL_EXPORTER_OTLP_LOGS_TIMEOUT"] = "2000",
                ["OTEL_EXPORTER_OTLP_COMPRESSION"] = "gzip",
                ["OTEL_EXPORTER_OTLP_TRACES_COMPRESSION"] = "none",
            },
        };

        OtlpSettings? settings = input.Resolve();

        Assert.AreEqual(2_000, settings?.Logs?.Timeout.TotalMilliseconds);
        Assert.AreEqual(1_000, settings?.Traces?.Timeout.TotalMilliseconds);
        Assert.IsTrue(settings?.Logs?.IsCompressed);
        Assert.IsFalse(settings?.Traces?.IsCompressed);
    }

    [TestMethod]
    [DataRow(null, OtlpProtocol.HttpProtobuf)]
    [DataRow("", OtlpProtocol.HttpProtobuf)]
    [DataRow("http/protobuf", OtlpProtocol.HttpProtobuf)]
    [DataRow("http/json", OtlpProtocol.HttpJson)]
    [DataRow(" GRPC ", OtlpProtocol.Grpc)]
    public void The_protocol_is_that_of_the_endpoint(string? protocol, OtlpProtocol expected)
    {
        SettingsInput byVariable = new()
        {
            Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol ?? "" },
        };
        SettingsInput byProperty = new()
        {
            Endpoint = "http://localhost:4318",
            Protocol = protocol,
            Variables = { ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "nonsense" },
        };

        foreach (SettingsInput input in new[] { byVariable, byProperty })
        {
            Assert.AreEqual(expected, input.Resolve()?.Logs?.Protocol);
            Assert.AreEqual(expected, input.Resolve()?.Traces?.Protocol);
            Assert.IsEmpty(input.Problems);
        }
    }

    [TestMethod]
    public void An_unknown_protocol_is_one_problem_and_keeps_events_in_the_outbox()
    {
        SettingsInput byVariable = new()
        {
            Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/xml" },
        };
        SettingsInput byProperty = new() { Endpoint = "http://localhost:4318", Protocol = "http/xml" };

        foreach (SettingsInput input in new[] { byVariable, byProperty })
        {
            OtlpSettings? settings = input.Resolve();

            Assert.IsTrue(settings?.Logs?.IsHeld);
            Assert.IsTrue(settings?.Traces?.IsHeld);
            CollectionAssert.AreEqual(new[] { "CTEL0021" }, input.ProblemCodes.ToArray());
        }
    }

    [TestMethod]
    public void Grpc_calls_the_service_and_shares_the_outbox_of_http()
    {
        OtlpSettings http = new SettingsInput { Endpoint = "https://collector.example:4317/otlp" }.Resolve()!;
        OtlpSettings grpc = new SettingsInput { Endpoint = "https://collector.example:4317/otlp", Protocol = "grpc" }.Resolve()!;

        Assert.AreEqual("https://collector.example:4317/opentelemetry.proto.collector.logs.v1.LogsService/Export", grpc.Logs!.RequestAddress.AbsoluteUri);
        Assert.AreEqual("https://collector.example:4317/opentelemetry.proto.collector.trace.v1.TraceService/Export", grpc.Traces!.RequestAddress.AbsoluteUri);
        Assert.AreEqual("https://collector.example:4317", grpc.Logs.Url);
        Assert.AreEqual(http.Logs!.Folder, grpc.Logs.Folder);
    }

    [TestMethod]
    [DataRow("https://collector.example/otlp", "https://collector.example/otlp/v1/logs")]
    [DataRow("https://collector.example/api/v2/otlp/", "https://collector.example/api/v2/otlp/v1/logs")]
    [DataRow("https://collector.example/token-5f2b8c0d", "https://collector.example/***")]
    [DataRow("https://collector.example/otlp/SECRET/", "https://collector.example/***")]
    public void A_path_that_may_hold_a_token_is_neither_shown_nor_kept(string endpoint, string shown)
    {
        OtlpDestination? logs = new SettingsInput { Endpoint = endpoint }.Resolve()?.Logs;

        Assert.AreEqual(shown, logs?.Url);
        Assert.AreEqual(shown.EndsWith('*'), logs?.NeedsSettings);
        Assert.AreEqual(endpoint.TrimEnd('/') + "/v1/logs", logs?.RequestAddress.AbsoluteUri);
    }

    [TestMethod]
    [DataRow("OTEL_EXPORTER_OTLP_CLIENT_KEY")]
    [DataRow("OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE")]
    public void A_client_certificate_or_key_alone_keeps_events_in_the_outbox(string variable)
    {
        SettingsInput input = new() { Variables = { ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = "https://localhost", [variable] = "/no/such/file.pem" } };

        Assert.IsTrue(input.Resolve()?.Logs?.IsHeld);
        CollectionAssert.AreEqual(new[] { "CTEL0022" }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    [DataRow(null, DisplayName = "The file is missing")]
    [DataRow("", DisplayName = "The file is empty")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", DisplayName = "The file holds a key alone")]
    public void A_certificate_file_without_a_certificate_keeps_events_in_the_outbox(string? content)
    {
        using TemporaryFolder folder = new();
        SettingsInput input = new()
        {
            Endpoint = "https://localhost",
            Variables = { ["OTEL_EXPORTER_OTLP_CERTIFICATE"] = folder.Combine("ca.pem") },
        };
        if (content is not null)
        {
            File.WriteAllText(folder.Combine("ca.pem"), content);
        }

        OtlpDestination? logs = input.Resolve()?.Logs;

        Assert.IsTrue(logs?.IsHeld);
        Assert.IsTrue(logs?.NeedsSettings);
        CollectionAssert.AreEqual(new[] { "CTEL0012" }, input.ProblemCodes.ToArray());
    }

    [TestMethod]
    public void A_certificate_file_is_ignored_without_TLS()
    {
        SettingsInput input = new()
        {
            Endpoint = "http://localhost:4318",
            Variables = { ["OTEL_EXPORTER_OTLP_CERTIFICATE"] = Path.Combine(AppContext.BaseDirectory, "no-such-file.pem") },
        };

        OtlpDestination? logs = input.Resolve()?.Logs;

        Assert.IsFalse(logs?.IsHeld);
        Assert.IsFalse(logs?.NeedsSettings);
        Assert.IsEmpty(input.Problems);
    }

    [TestMethod]
    [DataRow(null, true)]
    [DataRow("", true)]
    [DataRow("otlp", true)]
    [DataRow("console, OTLP", true)]
    [DataRow("none", false)]
    [DataRow("None", false)]
    [DataRow("console", false)]
    public void A_signal_with_the_exporter_none_is_not_sent_to_the_endpoint_of_the_variables(string? exporters, bool isExported)
    {
        OtlpSettings? Resolve(string variable, string? property)
        {
            SettingsInput input = new()
            {
                Endpoint = property,
                Variables = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4318", [variable] = exporters ?? "" },
            };
            OtlpSettings? settings = input.Resolve();

            Assert.IsEmpty(input.Problems);
            return settings;
        }

        OtlpSettings? logs = Resolve("OTEL_LOGS_EXPORTER", property: null);
        OtlpSettings? traces = Resolve("OTEL_TRACES_EXPORTER", property: null);

        Assert.AreEqual((isExported, true), (logs?.Logs is not null, logs?.Traces is not null));
        Assert.AreEqual((true, isExported), (traces?.Logs is not null, traces?.Traces is not null));
        Assert.IsNotNull(Resolve("OTEL_LOGS_EXPORTER", "http://localhost:4318")?.Logs, "The property takes precedence over the variables.");
    }

    [TestMethod]
    [DataRow("true", false)]
    [DataRow("TRUE", false)]
    [DataRow("1", true)]
    [DataRow("false", true)]
    public void OTEL_SDK_DISABLED_ends_all_export(string value, bool isExported)
    {
        SettingsInput input = new() { Endpoint = "http://localhost", Variables = { ["OTEL_SDK_DISABLED"] = value } };

        Assert.AreEqual(isExported, input.Resolve() is not null);
    }

    [TestMethod]
    [DataRow("team=payments,region=eu%2Cwest", null, "team: payments|region: eu,west", 0)]
    [DataRow("na%6De=a%3Db", null, "name: a=b", 0)]
    [DataRow("service.name=listed", "own", "service.name: own", 0)]
    [DataRow(null, "own", "service.name: own", 0)]
    [DataRow("team=payments,broken", null, "", 1)]
    [DataRow("team=payments,bad=%zz", "own", "service.name: own", 1)]
    public void Resource_attributes_are_used_completely_or_not_at_all(string? list, string? service, string expected, int problems)
    {
        SettingsInput input = new()
        {
            Endpoint = "http://localhost",
            Variables = { ["OTEL_RESOURCE_ATTRIBUTES"] = list ?? "", ["OTEL_SERVICE_NAME"] = service ?? "" },
        };

        OtlpSettings? settings = input.Resolve();

        Assert.AreEqual(expected, string.Join('|', settings!.ResourceAttributes.Select(attribute => $"{attribute.Key}: {attribute.Value}")));
        CollectionAssert.AreEqual(Enumerable.Repeat("CTEL0017", problems).ToArray(), input.ProblemCodes.ToArray());
    }

    [TestMethod]
    public void The_folder_depends_on_the_url_and_not_on_the_credentials()
    {
        string FolderOf(string endpoint) => new SettingsInput { Endpoint = endpoint }.Resolve()!.Logs!.Folder;

        string folder = FolderOf("https://collector.example");

        Assert.MatchesRegex("^[0-9a-f]{32}$", folder);
        Assert.AreEqual(folder, FolderOf("https://user:secret@collector.example/"));
        Assert.AreNotEqual(folder, FolderOf("https://collector.example/other"));
        Assert.AreNotEqual(folder, FolderOf("https://collector.example?tenant=2"));
    }

    [TestMethod]
    [DataRow("https://collector.example", "", false)]
    [DataRow("https://user:pass@collector.example", "", true)]
    [DataRow("https://collector.example?key=secret", "", true)]
    [DataRow("https://collector.example", "key=secret", true)]
    public void An_outbox_knows_whether_sending_needs_more_than_its_url(string endpoint, string headers, bool needsSettings)
    {
        SettingsInput input = new() { Endpoint = endpoint, Variables = { ["OTEL_EXPORTER_OTLP_HEADERS"] = headers } };

        OtlpDestination? logs = input.Resolve()?.Logs;

        Assert.AreEqual(needsSettings, logs?.NeedsSettings);
        Assert.AreEqual("https://collector.example/v1/logs", logs?.Url);
    }

    [TestMethod]
    public void No_text_of_a_setting_throws_or_gets_into_a_problem()
    {
        Gen<string> word = Gen.Elements(
            "http://", "https://", "user:pass@", "[::1]", "host", ":4318", "/v1", "%", "%41", "%ff", "=", ",", "\r\n", "key", "\ud800", "é", " ", "?q=1");
        Gen<string> built = Gen.Choose(0, 8).SelectMany(length => Gen.ArrayOf(word, length)).Select(string.Concat);
        Gen<string> text = Gen.OneOf(built, ArbMap.Default.GeneratorFor<string>().Select(any => any ?? ""));

        Prop.ForAll(Gen.ArrayOf(text, 6).ToArbitrary(), static texts =>
        {
            // The marker distinguishes a value of a setting from the same word in the text of a problem.
            string[] marked = [.. texts.Select(static (value, i) => value + "SENTINEL" + (char)('A' + i))];
            SettingsInput input = new()
            {
                Endpoint = texts[0].Length % 2 == 0 ? null : marked[0],
                AllowInsecureEndpoint = marked[1],
                Variables =
                {
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = marked[2],
                    ["OTEL_EXPORTER_OTLP_HEADERS"] = marked[3],
                    ["OTEL_EXPORTER_OTLP_LOGS_TIMEOUT"] = marked[4],
                    ["OTEL_EXPORTER_OTLP_COMPRESSION"] = marked[4],
                    ["OTEL_EXPORTER_OTLP_CERTIFICATE"] = marked[5],
                    ["OTEL_RESOURCE_ATTRIBUTES"] = marked[5],
                },
            };

            OtlpSettings? settings = input.Resolve();

            string shown = string.Join('\n', input.Problems) + settings + settings?.Logs + settings?.Traces;
            return !shown.Contains("SENTINEL", StringComparison.OrdinalIgnoreCase) && input.Problems.Distinct().Count() == input.Problems.Count;
        }).QuickCheckThrowOnFailure();
    }

    private static string Describe(OtlpDestination? destination) =>
        string.Join('|', (destination?.Headers ?? []).Select(header => $"{header.Name}: {header.Value}"));
}
