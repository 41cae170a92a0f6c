using Containers.Telemetry.PublishOverhead.Checks;
using Containers.Telemetry.PublishOverhead.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.PublishOverhead.Hostile;

/// <summary>Endpoints that do what none should, and publishes whose events go there, at a desk and in continuous integration.</summary>
internal sealed class HostileEndpoints : IAsyncDisposable
{
    // Two events and a span of a publish that succeeds.
    private const int Lines = 3;

    // One status for each way in which they are understood, beside all that is no status.
    private static readonly string[] Statuses = ["answers 302", "answers 401", "answers 413", "answers 500", "answers 503"];

    private readonly List<HostileEndpoint> _servers = [];
    private readonly BenchUser _user;
    private readonly SampleProject _project;

    private HostileEndpoints(string folder, SampleProject project)
    {
        _user = new BenchUser(Path.Combine(folder, "hostile-user"));
        _project = project;
        AtADesk = Create("at a desk", []);
        InCi = Create("in CI", [new("CI", "true")]);
    }

    /// <summary>Publishes at a desk: one without an endpoint, and one for each endpoint.</summary>
    public HostileGroup AtADesk { get; }

    /// <summary>The same in continuous integration, where a publish may wait longer.</summary>
    public HostileGroup InCi { get; }

    /// <summary>Restores a copy of the sample and starts the endpoints.</summary>
    /// <param name="folder">A folder in which no file or folder of its own is named "hostile".</param>
    /// <param name="feed">Where the package is.</param>
    public static async Task<HostileEndpoints> PrepareAsync(string folder, PackageFeed feed) =>
        new(folder, await SampleProject.CreateAsync(Path.Combine(folder, "hostile"), feed));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private HostileGroup Create(string place, KeyValuePair<string, string>[] variables)
    {
        var store = CreateVariant($"{place}: store alone", variables);
        var endpoints = HostileEndpoint.Misbehaviors.Concat(Statuses).Select(name =>
        {
            var server = HostileEndpoint.Start(name);
            _servers.Add(server);
            return CreateVariant($"{place}: {name}", [.. variables, new("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{server.Port}")]) with
            {
                Checks = [new KeptCheck(_user, Lines)],
            };
        });
        return new HostileGroup(store, [.. endpoints]);
    }

    private Variant CreateVariant(string name, KeyValuePair<string, string>[] variables) =>
        new(name, _project) { Variables = new Dictionary<string, string>([.. variables, new("HOME", _user.Home)]) };
}
