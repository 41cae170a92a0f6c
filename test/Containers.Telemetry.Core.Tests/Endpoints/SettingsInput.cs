using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Endpoints;

/// <summary>The properties and variables of one resolution, with its result.</summary>
internal sealed class SettingsInput
{
    public string? Endpoint { get; init; }

    public string? AllowInsecureEndpoint { get; init; }

    public string? Protocol { get; init; }

    public string? Metrics { get; init; }

    public Dictionary<string, string> Variables { get; init; } = [];

    public List<SettingProblem> Problems { get; } = [];

    public IEnumerable<string> ProblemCodes => Problems.Select(problem => problem.Code);

    /// <summary>Gives each request more time than a busy machine needs, unless the variables set a timeout.</summary>
    public SettingsInput WithPatience()
    {
        Variables.TryAdd("OTEL_EXPORTER_OTLP_TIMEOUT", "120000");
        return this;
    }

    public OtlpSettings? Resolve() =>
        OtlpSettings.Resolve(Endpoint, AllowInsecureEndpoint, name => Variables.GetValueOrDefault(name), Problems, Protocol, Metrics);

    /// <summary>The settings for a receiver that the test has started, in the default protocol.</summary>
    public static OtlpDestination Logs(Uri endpoint, params (string Name, string Value)[] variables) => Logs("", endpoint, variables);

    /// <summary>The settings for a receiver that the test has started.</summary>
    public static OtlpDestination Logs(string protocol, Uri endpoint, params (string Name, string Value)[] variables)
    {
        SettingsInput input = new()
        {
            Endpoint = endpoint.AbsoluteUri,
            Protocol = protocol,
            Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        };
        OtlpDestination? logs = input.WithPatience().Resolve()?.Logs;

        Assert.IsNotNull(logs, string.Join(Environment.NewLine, input.Problems));
        return logs;
    }
}
