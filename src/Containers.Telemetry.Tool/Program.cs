using Containers.Telemetry.Tool;
using Containers.Telemetry.Tool.Data;

return new ToolProgram(ToolContext.OfThisProcess()).Run(args);
