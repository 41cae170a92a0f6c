using System.Reflection;
using Microsoft.Build.Framework;
using Moq;

namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class ObservingBuildEngineTests
{
    public static IEnumerable<MethodInfo> Members =>
        typeof(IBuildEngine10).GetInterfaces().Append(typeof(IBuildEngine10)).SelectMany(type => type.GetMethods());

    [TestMethod]
    [DynamicData(nameof(Members))]
    public void Member_OfTheEngine_IsForwardedWithTheSameArgumentsAndResult(MethodInfo member)
    {
        var values = new DistinctValues();
        var real = new Mock<IBuildEngine10> { DefaultValueProvider = values };
        using var observation = new TaskObservation();
        var observing = new ObservingBuildEngine(real.Object, observation);
        object?[] arguments = [.. member.GetParameters().Select(parameter => values.Of(parameter.ParameterType))];

        object? result = member.Invoke(observing, arguments);

        IInvocation invocation = real.Invocations.Single();
        Assert.AreEqual(member, invocation.Method);
        CollectionAssert.AreEqual(arguments, invocation.Arguments.ToArray());
        Assert.AreEqual(member.ReturnType == typeof(void) ? null : values.Of(member.ReturnType), result);
    }

    [TestMethod]
    public void Members_OfTheInstalledMSBuild_AreThoseOfTheTenthEngine()
    {
        string[] newer =
        [
            .. typeof(IBuildEngine10).Assembly.GetExportedTypes()
                .Where(type => type.IsInterface && type != typeof(IBuildEngine10) && type.IsAssignableTo(typeof(IBuildEngine10)))
                .Select(type => type.Name),
        ];

        Assert.IsEmpty(newer, "MSBuild has a newer engine interface. ObservingBuildEngine must implement it, or tasks lose its members.");
    }

    [TestMethod]
    public void LogTelemetry_ContainerEvent_IsRecordedAndNotPassedOn()
    {
        var real = new Mock<IBuildEngine10>(MockBehavior.Strict);
        using var observation = new TaskObservation();

        new ObservingBuildEngine(real.Object, observation).LogTelemetry(
            "sdk/container/publish/error",
            new Dictionary<string, string> { ["error"] = "rid_mismatch", ["LocalPullType"] = null! });

        SdkTelemetryEvent? remembered = observation.FindSdkEvent("sdk/container/publish/error");
        Assert.AreEqual("rid_mismatch", remembered?.Value("error"));
        Assert.IsNull(remembered?.Value("LocalPullType"));
        Assert.IsNull(remembered?.Value("target_rid"));
    }

    [TestMethod]
    public void LogErrorEvent_Error_IsRecordedBeforeItIsPassedOn()
    {
        using var observation = new TaskObservation();
        var error = new BuildErrorEventArgs("", "CONTAINER1013", "file", 1, 1, 1, 1, "text", "", "");
        bool notedBefore = false;
        var real = new Mock<IBuildEngine10>(MockBehavior.Strict);
        real.Setup(engine => engine.LogErrorEvent(error)).Callback(() => notedBefore = observation.HasErrors);

        new ObservingBuildEngine(real.Object, observation).LogErrorEvent(error);

        Assert.IsTrue(notedBefore);
        real.Verify(engine => engine.LogErrorEvent(error), Times.Once);
    }

    [TestMethod]
    public void LogErrorEvent_ErrorThatCannotBeRecorded_IsStillPassedOn()
    {
        using var observation = new TaskObservation();
        var real = new Mock<IBuildEngine10>();
        var error = new UnreadableError();

        new ObservingBuildEngine(real.Object, observation).LogErrorEvent(error);

        real.Verify(engine => engine.LogErrorEvent(error), Times.Once);
        Assert.IsFalse(observation.HasErrors);
    }

    [TestMethod]
    public void LogTelemetry_ContainerEventThatCannotBeRecorded_DoesNotDisturbTheTask()
    {
        using var observation = new TaskObservation();

        new ObservingBuildEngine(Mock.Of<IBuildEngine10>(), observation).LogTelemetry("sdk/container/publish/success", null!);

        Assert.IsFalse(observation.SdkReportedSuccess);
    }

    [TestMethod]
    public void LogMessageEvent_OfHighImportance_IsFormattedOnlyOnDemand()
    {
        using var observation = new TaskObservation();
        var observing = new ObservingBuildEngine(Mock.Of<IBuildEngine10>(), observation);
        var message = new CountingMessage(MessageImportance.High);

        observing.LogMessageEvent(message);
        observing.LogMessageEvent(new CountingMessage(MessageImportance.Normal));
        Assert.AreEqual(0, message.Readings);

        Assert.AreEqual("text of High", observation.NewestMessage);
    }

    [TestMethod]
    public void LogErrorEvent_FaultOfTheEngine_ReachesTheTask()
    {
        using var observation = new TaskObservation();
        var real = new Mock<IBuildEngine10>();
        real.Setup(engine => engine.LogErrorEvent(It.IsAny<BuildErrorEventArgs>())).Throws<InvalidOperationException>();
        var observing = new ObservingBuildEngine(real.Object, observation);

        Assert.ThrowsExactly<InvalidOperationException>(() => observing.LogErrorEvent(new BuildErrorEventArgs("", "", "", 0, 0, 0, 0, "", "", "")));
    }

    private sealed class UnreadableError : BuildErrorEventArgs
    {
        public override string Message => throw new InvalidOperationException();
    }

    private sealed class CountingMessage(MessageImportance importance) : BuildMessageEventArgs("", "", "", importance)
    {
        public int Readings { get; private set; }

        public override string Message
        {
            get
            {
                Readings++;
                return $"text of {Importance}";
            }
        }
    }

    /// <summary>Returns a value of the type that is not its default.</summary>
    private sealed class DistinctValues : DefaultValueProvider
    {
        private readonly Dictionary<Type, object> _values = new()
        {
            [typeof(bool)] = true,
            [typeof(int)] = 42,
            [typeof(object)] = new object(),
            [typeof(string)] = "text",
            [typeof(BuildEngineResult)] = new BuildEngineResult(result: true, []),
            [typeof(BuildErrorEventArgs)] = new BuildErrorEventArgs("", "", "", 0, 0, 0, 0, "", "", ""),
            [typeof(RegisteredTaskObjectLifetime)] = RegisteredTaskObjectLifetime.AppDomain,
        };

        public object Of(Type type)
        {
            if (!_values.TryGetValue(type, out object? value))
            {
                value = type.IsArray ? Array.CreateInstance(type.GetElementType()!, 1)
                    : type.IsInterface || type.IsAbstract ? ((Mock)Activator.CreateInstance(typeof(Mock<>).MakeGenericType(type))!).Object
                    : Activator.CreateInstance(type, nonPublic: true)!;
                _values[type] = value;
            }

            return value;
        }

        protected override object GetDefaultValue(Type type, Mock mock) => Of(type);
    }
}
