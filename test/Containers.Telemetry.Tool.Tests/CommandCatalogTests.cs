using System.CommandLine;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Tests;

[TestClass]
public sealed class CommandCatalogTests
{
    [TestMethod]
    public void Each_command_is_found_by_its_own_name()
    {
        using var tool = new ToolInProcess();
        var catalog = new CommandCatalog(tool.ContextOf(new Terminal(TextReader.Null, TextWriter.Null, () => TextWriter.Null)), new Option<string?>("--store"));

        foreach (ToolCommand command in catalog.All)
        {
            Assert.AreEqual(command.Name, catalog.Find(command.Name)?.Name);
        }

        Assert.IsNull(catalog.Find("shwo"));
        Assert.IsNull(catalog.Find(null));
    }
}
