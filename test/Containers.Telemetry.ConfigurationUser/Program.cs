using Containers.Telemetry.Consent;
using Containers.Telemetry.Identity;
using Containers.Telemetry.UserFiles;

// One of many processes that meet in a user's configuration folder, its only argument. It waits for a line, does what a publish does, and
// prints what it found there: the user's id, the project id of one project, and whether it is the one that shows the notice.
var folder = new ConfigFolder(args[0]);
Console.WriteLine("ready");
Console.ReadLine();
UserIdentity? identity = UserIdentity.Get(folder, DateTimeOffset.UtcNow);
string? project = identity is null ? null : ProjectId.Compute(identity.ProjectKey, "/one/project.csproj");
bool shows = Notice.TryClaim(folder);
Console.WriteLine($"{identity?.Id} {project} {shows}");
