using System.Reflection;
using System.Runtime.CompilerServices;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Core.Tests.Namespaces;

/// <summary>Compares the public types and members of Core with the tracked list.</summary>
[TestClass]
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string Allowed = Path.Combine(Repository.Root, "test", "Containers.Telemetry.Core.Tests", "Namespaces", "public-api.txt");

    [TestMethod]
    public void PublicApi_OfCore_IsTheOneThatIsTracked()
    {
        string[] actual = [.. typeof(EventField).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines)];
        TrackedFile.Update(Allowed, actual);

        string[] allowed = File.ReadAllLines(Allowed);
        Assert.AreEqual(
            "", string.Join('\n', actual.Except(allowed)), $"New public members. Make them internal, or track them with: {TrackedFile.UpdateCommand}");
        Assert.AreEqual(
            "", string.Join('\n', allowed.Except(actual)), $"These public members no longer exist. Update the list with: {TrackedFile.UpdateCommand}");
    }

    private static IEnumerable<string> Lines(Type type) => type.GetMembers(Declared)
        .Where(member =>
            !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not MethodBase { IsSpecialName: true } and not Type || member is ConstructorInfo)
        .Select(member => $"{type.FullName}.{member}")
        .Order(StringComparer.Ordinal)
        .Prepend(type.FullName!);
}
