using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging;

// Builds targets of a project with the oldest supported MSBuild on the oldest supported runtime. Arguments: PROJECT TARGET...
var collection = new ProjectCollection();
var parameters = new BuildParameters(collection)
{
    DisableInProcNode = false,
    EnableNodeReuse = false,
    Loggers = [new ConsoleLogger(LoggerVerbosity.Diagnostic)],
};
var request = new BuildRequestData(args[0], new Dictionary<string, string?>(), targetsToBuild: args[1..], toolsVersion: null, hostServices: null);
return BuildManager.DefaultBuildManager.Build(parameters, request).OverallResult is BuildResultCode.Success ? 0 : 1;
