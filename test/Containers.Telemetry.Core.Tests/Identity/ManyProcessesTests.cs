using System.Diagnostics;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Core.Tests.Identity;

/// <summary>Many processes use a user's configuration folder for the first time at the same moment.</summary>
[TestClass]
public sealed class ManyProcessesTests
{
    private const int Processes = 16;
    private const string Program = "Containers.Telemetry.ConfigurationUser.dll";

    [TestMethod]
    [DataRow(null, DisplayName = "First use")]
    [DataRow("6f0c2d1e-8a4b-4c3d-9e2f-1a0b9c8d7e6f\n0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\n2020-01-01\n", DisplayName = "An identity whose time is up")]
    [DataRow("torn", DisplayName = "A file that is torn")]
    public async Task Processes_that_use_the_folder_at_once_get_the_same_identity(string? identity)
    {
        using var folder = new TestFolder();
        string config = folder.Combine("config");
        if (identity is not null)
        {
            folder.Write("config/identity", identity);
        }

        Process[] processes = [.. Enumerable.Range(0, Processes).Select(_ => DotnetHost.Start(Path.Combine(AppContext.BaseDirectory, Program), [config]))];
        foreach (Process process in processes)
        {
            Assert.AreEqual("ready", await process.StandardOutput.ReadLineAsync());
        }

        foreach (Process process in processes)
        {
            await process.StandardInput.WriteLineAsync("go");
            await process.StandardInput.FlushAsync();
        }

        string[][] answers = [.. await Task.WhenAll(processes.Select(FinishAsync))];
        string[] ids = [.. answers.Select(answer => answer[0]).Distinct()];
        string[] projects = [.. answers.Select(answer => answer[1]).Distinct()];
        Assert.HasCount(1, ids, string.Join('\n', ids));
        Assert.IsTrue(Guid.TryParse(ids[0], out _), ids[0]);
        Assert.DoesNotContain(ids[0], identity ?? "");
        Assert.HasCount(1, projects, string.Join('\n', projects));
        Assert.AreEqual(32, projects[0].Length);
        Assert.HasCount(1, answers.Where(answer => answer[2] == bool.TrueString));
    }

    private static async Task<string[]> FinishAsync(Process process)
    {
        using (process)
        {
            string answer = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.AreEqual(0, process.ExitCode);
            return answer.Trim().Split(' ');
        }
    }
}
