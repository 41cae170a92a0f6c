using System.Globalization;
using Containers.Telemetry.PublishOverhead.Checks;
using Containers.Telemetry.PublishOverhead.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.PublishOverhead.Hostile;

/// <summary>Endpoints that misbehave, and publishes that send their events there.</summary>
internal sealed class HostileEndpoints : IAsyncDisposable
{
    // Two events and a span of a successful publish.
    private const int Lines = 3;

    // One status of each kind that the package distinguishes. All faults without a status are measured, too.
    private static readonly string[] Statuses = ["answers 302", "answers 401", "answers 413", "answers 500", "answers 503"];

    private readonly List<HostileEndpoint> _servers = [];
    private readonly BenchUser _user;
    private readonly SampleProject _project;
    private readonly string _waitFile;
    private readonly string _logger;

    private HostileEndpoints(string folder, SampleProject project, HostilePlace place)
    {
        Place = place;
        _user = new BenchUser(Path.Combine(folder, "hostile-user"));
        _project = project;
        _waitFile = Path.Combine(folder, "hostile-wait");
        // Only a build has the assemblies of MSBuild, so the type itself is not touched here.
        _logger = $"-logger:{nameof(PushTimer)},{typeof(HostileEndpoints).Assembly.Location};{_waitFile}";
        Store = CreateVariant("store alone", []);
        Endpoints = [.. HostileEndpoint.Misbehaviors.Concat(Statuses).Select(Create)];
    }

    /// <summary>Where the publishes run.</summary>
    public HostilePlace Place { get; }

    /// <summary>A publish without an endpoint: the baseline.</summary>
    public Variant Store { get; }

    /// <summary>A publish for each endpoint.</summary>
    public IReadOnlyList<Variant> Endpoints { get; }

    /// <summary>Restores a copy of the sample and starts the endpoints.</summary>
    /// <param name="folder">A folder in which no file or folder of its own is named "hostile".</param>
    /// <param name="feed">Where the package is.</param>
    /// <param name="place">Where the publishes run.</param>
    public static async Task<HostileEndpoints> PrepareAsync(string folder, PackageFeed feed, HostilePlace place) =>
        new(folder, await SampleProject.CreateAsync(Path.Combine(folder, "hostile"), feed), place);

    /// <summary>Reads how long the task of the latest publish went on after it had pushed the image.</summary>
    public TimeSpan ReadWait()
    {
        TimeSpan wait = TimeSpan.ParseExact(File.ReadAllText(_waitFile), PushTimer.Format, CultureInfo.InvariantCulture);
        File.Delete(_waitFile);
        return wait;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private Variant Create(string misbehavior)
    {
        var server = HostileEndpoint.Start(misbehavior);
        _servers.Add(server);
        return CreateVariant(misbehavior, [new("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{server.Port}")]) with { Checks = [new KeptCheck(_user, Lines)] };
    }

    private Variant CreateVariant(string name, KeyValuePair<string, string>[] variables)
    {
        KeyValuePair<string, string>[] ofPlace = Place is HostilePlace.Ci ? [new("CI", "true")] : [];
        return new(name, _project) { Arguments = [_logger], Variables = new Dictionary<string, string>([.. ofPlace, .. variables, new("HOME", _user.Home)]) };
    }
}
