using System.Diagnostics;
using Microsoft.Build.Evaluation;

namespace Containers.Telemetry.EvaluationCost;

/// <summary>An evaluation of a project.</summary>
internal static class Evaluation
{
    /// <summary>Evaluates one project to load MSBuild, then another, and returns the milliseconds of the second evaluation.</summary>
    public static double Measure(string warmUp, string measured)
    {
        using var projects = new ProjectCollection();
        projects.LoadProject(warmUp);
        long start = Stopwatch.GetTimestamp();
        projects.LoadProject(measured);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
