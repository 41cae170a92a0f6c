using System.Diagnostics;

namespace Containers.Telemetry;

/// <summary>Lets the tests break this package at a chosen point of a real publish. A released package has no such calls.</summary>
internal static class FaultInjection
{
    /// <summary>The environment variable that names the point to break at.</summary>
    public const string Variable = "CONTAINERS_TELEMETRY_FAULT";

    /// <summary>Throws if the test asked for a fault at this point.</summary>
    [Conditional("FAULT_INJECTION")]
    public static void Point(string name)
    {
        if (Environment.GetEnvironmentVariable(Variable) == name)
        {
            throw new InvalidOperationException("Injected fault at " + name);
        }
    }
}
