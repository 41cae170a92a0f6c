using System.Reflection;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>The build engine that the installed task sees. It passes on the telemetry that the simulated SDK raises, in that SDK's form.</summary>
public class BandEngine : DispatchProxy
{
    private const string Namespace = "Microsoft.NET.Build.Containers";

    private IBuildEngine10 _engine = null!;
    private bool _hasTelemetry;
    private bool _reportsOneRuntime;

    /// <param name="engine">MSBuild's engine, or an observer's.</param>
    /// <param name="band">The assembly of the simulated SDK: it has a type for its telemetry, or none.</param>
    internal static IBuildEngine Wrap(IBuildEngine10 engine, Assembly band)
    {
        IBuildEngine10 wrapped = Create<IBuildEngine10, BandEngine>();
        var self = (BandEngine)wrapped;
        self._engine = engine;
        self._hasTelemetry = band.GetType($"{Namespace}.Telemetry") is not null;
        self._reportsOneRuntime = band.GetType($"{Namespace}.Tasks.ComputeDotnetBaseImageAndTag")?.GetProperty("TargetRuntimeIdentifier") is not null;
        return wrapped;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IBuildEngine5.LogTelemetry))
        {
            LogTelemetry((string)args![0]!, (IDictionary<string, string>)args[1]!);
            return null;
        }

        return targetMethod.Invoke(_engine, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }

    private void LogTelemetry(string name, IDictionary<string, string> properties)
    {
        if (_hasTelemetry)
        {
            _engine.LogTelemetry(
                name, _reportsOneRuntime ? properties.ToDictionary(p => p.Key == "TargetRuntimes" ? "TargetRuntime" : p.Key, p => p.Value) : properties);
        }
    }
}
