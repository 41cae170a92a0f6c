using System.Reflection;
using System.Runtime.InteropServices;
using Containers.Telemetry.Surroundings;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class MachineSurroundingsTests
{
    private static readonly string[] Paths =
    [
        "/.dockerenv", "/etc/os-release", "/proc/1/cgroup", "/proc/self/cgroup", "/proc/self/mountinfo", "/proc/sys/kernel/osrelease",
        "/proc/version", "/run/.containerenv", "/usr/lib/os-release",
    ];

    private static readonly string[] Variables =
    [
        .. CiDetector.Rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Name),
        .. AgentDetector.Rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Name),
        "DOTNET_RUNNING_IN_CONTAINER", "KUBERNETES_SERVICE_HOST", "MSBUILD_HOST_NAME", "TERM_PROGRAM", "USERNAME", "WSL_DISTRO_NAME",
        "container",
    ];

    [TestMethod]
    public void Detect_BuildAgentInAPod_ReturnsAllOfIt()
    {
        var machine = new FakeMachine
        {
            Files = { ["/etc/os-release"] = "ID=ubuntu\nVERSION_ID=\"24.04\"" },
            OSArchitecture = Architecture.Arm64,
            OSVersion = new Version(6, 8, 0, 45),
            RegionName = "DE",
            Variables = { ["GITLAB_CI"] = "true", ["CLAUDECODE"] = "1", ["KUBERNETES_SERVICE_HOST"] = "10.96.0.1" },
        };

        var expected = new MachineSurroundings(
            CiProvider.GitLab,
            AgentEnvironment.ClaudeCode,
            ContainerRuntime.Kubernetes,
            IsWsl: false,
            OSFamily.Linux,
            NumericVersion.Parse("6.8"),
            LinuxDistribution.Ubuntu,
            NumericVersion.Parse("24.04"),
            MachineArchitecture.Arm64,
            CountryCode.From("DE"));
        Assert.AreEqual(expected, MachineSurroundings.Detect(machine));
    }

    [TestMethod]
    [DataRow(OSFamily.Windows)]
    [DataRow(OSFamily.MacOS)]
    [DataRow(OSFamily.FreeBSD)]
    [DataRow(OSFamily.Other)]
    public void Detect_NotLinux_HasNoDistributionAndReadsNoFile(OSFamily family)
    {
        var machine = new FakeMachine { OSFamily = family, OSVersion = new Version(14, 5), Files = { ["/etc/os-release"] = "ID=debian" } };

        var surroundings = MachineSurroundings.Detect(machine);

        Assert.AreEqual(family, surroundings.OSFamily);
        Assert.AreEqual("14.5", surroundings.OSVersion.ToString());
        Assert.AreEqual(LinuxDistribution.None, surroundings.LinuxDistribution);
        Assert.IsNull(surroundings.LinuxDistributionVersion);
        Assert.IsEmpty(machine.FilesRead);
    }

    [TestMethod]
    [DataRow(Architecture.X64, MachineArchitecture.X64)]
    [DataRow(Architecture.X86, MachineArchitecture.X86)]
    [DataRow(Architecture.Arm64, MachineArchitecture.Arm64)]
    [DataRow(Architecture.Arm, MachineArchitecture.Arm)]
    [DataRow(Architecture.S390x, MachineArchitecture.Other)]
    public void Detect_Architecture_IsOfTheClosedList(Architecture architecture, MachineArchitecture expected) =>
        Assert.AreEqual(expected, MachineSurroundings.Detect(new FakeMachine { OSArchitecture = architecture }).Architecture);

    [TestMethod]
    public void Detect_MachineWithoutAnyInformation_ReturnsTheDefaults()
    {
        var surroundings = MachineSurroundings.Detect(new FakeMachine());

        Assert.AreEqual(
            new MachineSurroundings(
                CiProvider.None,
                AgentEnvironment.None,
                ContainerRuntime.None,
                IsWsl: false,
                OSFamily.Linux,
                OSVersion: null,
                LinuxDistribution.Other,
                LinuxDistributionVersion: null,
                MachineArchitecture.X64,
                Country: null),
            surroundings);
    }

    [TestMethod]
    [DataRow(typeof(MachineSurroundings))]
    [DataRow(typeof(MSBuildSurroundings))]
    public void Every_fact_is_of_a_closed_kind(Type surroundings)
    {
        Type[] closed = [typeof(bool), typeof(NumericVersion), typeof(CountryCode)];

        foreach (PropertyInfo property in surroundings.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

            Assert.IsTrue(type.IsEnum || closed.Contains(type), $"{property.Name} is a {type}, which can carry free text.");
        }
    }

    [TestMethod]
    public void No_value_of_a_variable_gets_into_a_fact()
    {
        Gen<string> values = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => "s3cret" + text.Get);
        Gen<(string Name, string Value)[]> environments =
            (from name in Gen.Elements(Variables) from value in values select (name, value)).ArrayOf();

        Prop.ForAll(environments.ToArbitrary(), environment =>
        {
            var machine = new FakeMachine { ProcessName = "s3cret", CommandLine = ["s3cret", "/nodemode:s3cret"], RegionName = "s3cret" };
            foreach ((string name, string value) in environment)
            {
                machine.Variables[name] = value;
            }

            var build = MSBuildSurroundings.Detect(machine, buildingInsideVisualStudio: false, runtimeType: null);
            string facts = $"{MachineSurroundings.Detect(machine)} {build}";

            return !facts.Contains("s3cret", StringComparison.OrdinalIgnoreCase);
        }).QuickCheckThrowOnFailure();
    }

    [TestMethod]
    public void No_line_of_a_file_gets_into_a_fact_and_none_breaks_detection()
    {
        Gen<string> pieces = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
            Gen.Elements("\n", "\r", "/", ":", " ", "=", "\"", "ID=", "VERSION_ID="),
            Gen.Elements("0::/", "/docker/", "docker-", ".scope", "1 2 3 / / ", "s3cret"));
        Gen<(string Path, string Content)[]> fileSystems =
            (from path in Gen.Elements(Paths) from content in pieces.ArrayOf() select (path, string.Concat(content))).ArrayOf();

        Prop.ForAll(fileSystems.ToArbitrary(), fileSystem =>
        {
            var machine = new FakeMachine();
            foreach ((string path, string content) in fileSystem)
            {
                machine.Files[path] = content;
            }

            return !MachineSurroundings.Detect(machine).ToString().Contains("s3cret", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }
}
