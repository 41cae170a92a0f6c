using Containers.Telemetry.Tool.Doctor;

namespace Containers.Telemetry.Tool.Tests.Doctor;

[TestClass]
public sealed class DotnetProgramTests
{
    [TestMethod]
    [DataRow("Shop.cs(1,2): error CS0103: The name 'a' does not exist [/shop/Shop.csproj]", "CS0103: The name 'a' does not exist")]
    [DataRow("  error [vite]: Build failed", "[vite]: Build failed")]
    [DataRow("Requested SDK version: 11.0.100\nglobal.json file: /shop/global.json", "the .NET SDK 11.0.100, which /shop/global.json asks for, is not installed.")]
    [DataRow("Build succeeded.", "it failed.")]
    public void The_reason_is_the_first_error(string output, string expected) =>
        Assert.AreEqual(expected, DotnetProgram.Reason(output, otherwise: "it failed."));
}
