using System.Reflection;
using Containers.Telemetry.Tasks;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Sdk;

/// <summary>
/// The contract between each of our tasks and the SDK's task of the same name. If the SDK's targets pass a parameter that our task lacks, the user's
/// publish fails.
/// </summary>
[TestClass]
public sealed class ParameterTests
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    // Parameters of other SDKs that the installed SDK lacks, as "Task.Parameter".
    private static readonly string[] OnlyInOtherSdks =
    [
        // 8.0.200 to 8.0.404, 9.0.100 and 9.0.101
        "ComputeDotnetBaseImageAndTag.TargetRuntimeIdentifier",

        // up to 10.0.3xx
        "CreateNewImage.ContainerizeDirectory",
        "CreateNewImage.ToolExe",
        "CreateNewImage.ToolPath",

        // announced for 11.0 and later
        "CreateNewImage.ArchiveIncrementalCachePath",
        "CreateNewImage.EnableArchiveIncrementalCache",
        "CreateNewImage.GenerateCreatedLabels",
        "CreateNewImage.NoCache",
        "CreateNewImage.SourceDateEpoch",
    ];

    // 8.0.1xx
    private static readonly Type[] TasksOnlyInOtherSdks = [typeof(ComputeDotnetBaseImageTag)];

    public static IEnumerable<Type> AllObservedTasks =>
        typeof(ObservedTask).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ObservedTask)) && !type.IsAbstract);

    public static IEnumerable<Type> ObservedTasks => AllObservedTasks.Except(TasksOnlyInOtherSdks);

    [TestMethod]
    public void ObservedTasks_AreAllContainerTasksOfTheSdk()
    {
        IEnumerable<Type> tasksOfTheSdk = ObservedSdk.TaskAssembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(ITask)));

        CollectionAssert.AreEquivalent(tasksOfTheSdk.Select(type => type.Name).ToArray(), ObservedTasks.Select(type => type.Name).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(ObservedTasks))]
    public void Parameters_OfTheSdksTask_AreAllInOurs(Type ours)
    {
        Type theirs = TypeInTheSdk(ours);
        Assert.IsNotEmpty(Parameters(theirs));
        foreach (PropertyInfo parameter in Parameters(theirs))
        {
            PropertyInfo? declared = ours.GetProperty(parameter.Name, Public);

            Assert.IsNotNull(
                declared,
                $"{ours.Name} lacks {Describe(parameter)}. Add it to the class and to the lists of build/Containers.Telemetry.targets.");
            Assert.AreEqual(parameter.PropertyType, declared.PropertyType, parameter.Name);
            Assert.AreEqual(IsOutput(parameter), IsOutput(declared), $"Output of {parameter.Name}");
            Assert.AreEqual(!IsOutput(parameter), HasPublicSetter(declared), $"Setter of {parameter.Name}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(ObservedTasks))]
    public void Parameters_OfOurTask_AreAllInTheSdks(Type ours)
    {
        IEnumerable<string> theirNames = Parameters(TypeInTheSdk(ours)).Select(parameter => parameter.Name);
        IEnumerable<string> onlyOurs = Parameters(ours).Select(parameter => parameter.Name).Except(theirNames);

        Assert.IsEmpty(
            onlyOurs.Select(name => $"{ours.Name}.{name}").Except(OnlyInOtherSdks),
            "The installed SDK does not know these parameters. Remove them, or, if another observed SDK has them, name it in OnlyInOtherSdks.");
    }

    [TestMethod]
    [DynamicData(nameof(ObservedTasks))]
    public void Parameters_ThatNobodySet_HaveTheDefaultsOfTheSdks(Type ours)
    {
        ITask theirTask = ObservedSdk.CreateTask(ours.Name);
        object ourTask = Activator.CreateInstance(ours)!;
        foreach (PropertyInfo parameter in Parameters(theirTask.GetType()))
        {
            object? expected = parameter.GetValue(theirTask);
            object? actual = ours.GetProperty(parameter.Name, Public)!.GetValue(ourTask);

            if (expected is Array { Length: 0 })
            {
                Assert.IsTrue(actual is Array { Length: 0 }, parameter.Name);
            }
            else
            {
                Assert.AreEqual(expected, actual, parameter.Name);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(ObservedTasks))]
    public void Interfaces_OfTheSdksTask_AreThoseOfOurs(Type ours)
    {
        Type theirs = TypeInTheSdk(ours);

        // Our task may still export after the SDK's task has finished, so all of our tasks can be canceled, and pass the request on.
        Assert.IsTrue(ours.IsAssignableTo(typeof(ICancelableTask)));
        Assert.IsTrue(ours.IsAssignableTo(typeof(IDisposable)) || !theirs.IsAssignableTo(typeof(IDisposable)));
        Assert.AreEqual(theirs.IsAssignableTo(typeof(IGeneratedTask)), ours.IsAssignableTo(typeof(IGeneratedTask)));
        Assert.AreEqual(theirs.IsAssignableTo(typeof(IIncrementalTask)), ours.IsAssignableTo(typeof(IIncrementalTask)));
    }

    /// <summary>SDKs differ in what they require, so our tasks leave the check to the SDK's task.</summary>
    [TestMethod]
    public void Parameters_OfOurTasks_AreNeverRequired() =>
        Assert.IsEmpty(AllObservedTasks.SelectMany(task => task.GetProperties(Public)).Where(IsRequired));

    private static Type TypeInTheSdk(Type ours) => ObservedSdk.CreateTask(ours.Name).GetType();

    /// <summary>The properties that MSBuild treats as parameters, without those that every task inherits.</summary>
    private static PropertyInfo[] Parameters(Type task) =>
        [.. task.GetProperties(Public).Where(property => property.DeclaringType == task && (HasPublicSetter(property) || IsOutput(property)))];

    private static string Describe(PropertyInfo parameter) =>
        $"the parameter {parameter.PropertyType.Name} {parameter.Name}{(IsRequired(parameter) ? " [Required]" : "")}{(IsOutput(parameter) ? " [Output]" : "")}";

    private static bool HasPublicSetter(PropertyInfo property) => property.GetSetMethod() is not null;

    private static bool IsOutput(PropertyInfo property) => property.IsDefined(typeof(OutputAttribute));

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredAttribute));
}
