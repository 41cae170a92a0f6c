using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>The endpoints that the environment names.</summary>
internal static class EndpointSettings
{
    /// <summary>Reads them, and prints a note for each invalid setting.</summary>
    /// <returns>Null where there is none.</returns>
    public static OtlpSettings? Read(ToolContext context)
    {
        var problems = new List<SettingProblem>();
        OtlpSettings? settings = OtlpSettings.Resolve(endpoint: null, allowInsecureEndpoint: null, context.Machine.GetVariable, problems);
        foreach (SettingProblem problem in problems)
        {
            context.Terminal.WriteNote($"note: {problem.Code}: {problem.Text}");
        }

        return settings;
    }
}
