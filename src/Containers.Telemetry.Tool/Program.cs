using Containers.Telemetry.Tool;

return new ToolProgram(ToolContext.OfThisProcess()).Run(args);
