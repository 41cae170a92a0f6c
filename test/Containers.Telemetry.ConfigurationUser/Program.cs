using Containers.Telemetry.Consent;
using Containers.Telemetry.Identity;
using Containers.Telemetry.UserFiles;

// One of many processes that use a user's configuration folder (the only argument) at the same moment. It waits for a line of input, does what a
// publish does, and prints the result: the user's id, the id of one project, and whether this process shows the notice.
var folder = new ConfigFolder(args[0]);
Console.WriteLine("ready");
Console.ReadLine();
UserIdentity? identity = UserIdentity.Get(folder, DateTimeOffset.UtcNow);
string? project = identity is null ? null : ProjectId.Compute(identity.ProjectKey, "/one/project.csproj");
bool shows = Notice.TryClaim(folder);
Console.WriteLine($"{identity?.Id} {project} {shows}");
