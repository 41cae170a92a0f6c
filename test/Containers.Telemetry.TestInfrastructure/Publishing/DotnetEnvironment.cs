using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The environment variables of a child <c>dotnet</c>: an allow-list of the machine's variables, and those that a test adds.</summary>
/// <remarks>
/// The child gets no other variables of the test process, so that no CI, agent, MSBuild, NuGet or telemetry variable of the machine affects a result.
/// By default the CLI's own telemetry is off, because tests must not send anything, and the package under test, which would respect that opt-out, is
/// explicitly on.
/// </remarks>
public sealed class DotnetEnvironment
{
    private const string CliTelemetryOptOut = "DOTNET_CLI_TELEMETRY_OPTOUT";
    private const string PackageTelemetryOptOut = "CONTAINERS_TELEMETRY_OPTOUT";

    // Port 9 is "discard": nothing listens there, and connections are refused at once.
    private const string ClosedProxy = "http://127.0.0.1:9";

    private static readonly string[] YesValues = ["1", "true", "yes"];

    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    private static readonly StringComparer Names =
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    // Programs do not start on Windows without these.
    private static readonly string[] Inherited =
    [
        "PATH", "ComSpec", "CommonProgramFiles", "CommonProgramFiles(x86)", "OS", "PATHEXT", "PROCESSOR_ARCHITECTURE",
        "ProgramData", "ProgramFiles", "ProgramFiles(x86)", "SystemDrive", "SystemRoot", "windir",
    ];

    private readonly ImmutableDictionary<string, string> _variables;

    private DotnetEnvironment(ImmutableDictionary<string, string> variables) => _variables = variables;

    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Creates the environment of a user whose home folder belongs to the test.</summary>
    /// <param name="home">The user's home folder. It is created, with a folder for temporary files in it.</param>
    /// <param name="packages">NuGet's global packages folder.</param>
    public static DotnetEnvironment ForUser(string home, string packages)
    {
        string temporary = Directory.CreateDirectory(Path.Combine(home, "tmp")).FullName;
        var variables = ImmutableDictionary.CreateBuilder<string, string>(Names);
        foreach (string name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        variables["HOME"] = home;
        variables["USERPROFILE"] = home;
        variables["DOTNET_CLI_HOME"] = home;
        variables["APPDATA"] = Path.Combine(home, "AppData", "Roaming");
        variables["LOCALAPPDATA"] = Path.Combine(home, "AppData", "Local");
        variables["TMPDIR"] = temporary;
        variables["TEMP"] = temporary;
        variables["TMP"] = temporary;
        variables["NUGET_PACKAGES"] = packages;

        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        variables["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";

        // The first command of a user looks for newer workloads in the background, which outlives the command.
        variables["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true";
        variables["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        variables["DOTNET_NOLOGO"] = "1";
        variables["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        variables["MSBUILDDISABLENODEREUSE"] = "1";

        variables[CliTelemetryOptOut] = "1";
        variables[PackageTelemetryOptOut] = "0";
        return new(variables.ToImmutable());
    }

    /// <summary>Sets a variable, or removes it if the value is null.</summary>
    public DotnetEnvironment With(string name, string? value) =>
        new(value is null ? _variables.Remove(name) : _variables.SetItem(name, value));

    /// <summary>Starts a program with these variables only, and with redirected standard streams.</summary>
    public Process Start(string program, IEnumerable<string> arguments, string workingDirectory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardErrorEncoding = Encoding.UTF8,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Turns off work of <c>dotnet</c> that does not affect containers, for tests with hundreds of publishes.</summary>
    public DotnetEnvironment WithoutUnneededWork() => this
        // Each evaluation looks for workloads, and no container needs one.
        .With("MSBuildEnableWorkloadResolver", "false")
        // The protection of compiled code takes a twelfth of a publish, which compiles most of the code that it runs.
        .With("DOTNET_EnableWriteXorExecute", "0")
        // A process of two seconds is too short to benefit from its own profile, or from code that is optimized after a tenth of a second.
        .With("DOTNET_TieredPGO", "0")
        .With("DOTNET_TC_CallCountingDelayMs", "FFFFF")
        // A publish needs too little memory to make collecting worthwhile: the first collection comes after 64 MB.
        .With("DOTNET_GCgen0size", "4000000")
        .With("DOTNET_gcConcurrent", "0");

    /// <summary>
    /// Removes all telemetry choices, as on a machine fresh from the installer, and blocks the network instead: every proxied request goes to a port
    /// without a listener.
    /// </summary>
    /// <remarks>Set the proxy variables afterwards to send requests to a proxy of the test on a loopback address.</remarks>
    public DotnetEnvironment WithTelemetryUndecided()
    {
        var variables = _variables.Remove(CliTelemetryOptOut).Remove(PackageTelemetryOptOut);
        return new(variables.SetItems(ProxyVariables.Select(name => KeyValuePair.Create(name, ClosedProxy))));
    }

    /// <summary>Refuses an environment in which the CLI could send its telemetry off this machine.</summary>
    /// <exception cref="InvalidOperationException">
    /// The CLI's telemetry is on, and the proxy for HTTPS is not a loopback address or can be bypassed for a host that is not.
    /// </exception>
    internal void EnsureNothingLeavesTheMachine()
    {
        bool optedOut = _variables.TryGetValue(CliTelemetryOptOut, out string? value)
            && YesValues.Contains(value, StringComparer.OrdinalIgnoreCase);
        if (!optedOut && !(IsLoopbackProxy("HTTPS_PROXY") && IsLoopbackProxy("HTTP_PROXY") && BypassesLoopbackOnly()))
        {
            throw new InvalidOperationException(
                $"{CliTelemetryOptOut} is not set, so the CLI would send telemetry: set HTTP_PROXY and HTTPS_PROXY to a loopback address, "
                + "and NO_PROXY to none but loopback hosts.");
        }
    }

    private bool IsLoopbackProxy(string name) =>
        _variables.TryGetValue(name, out string? proxy) && Uri.TryCreate(proxy, UriKind.Absolute, out var address) && address.IsLoopback;

    private bool BypassesLoopbackOnly() =>
        !_variables.TryGetValue("NO_PROXY", out string? hosts)
        || hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .All(host => Uri.TryCreate($"http://{host}", UriKind.Absolute, out var address) && address.IsLoopback);
}
