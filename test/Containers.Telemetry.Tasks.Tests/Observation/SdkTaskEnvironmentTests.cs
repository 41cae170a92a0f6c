using Microsoft.Build.Framework;

namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class SdkTaskEnvironmentTests
{
    [TestMethod]
    public void Provide_TaskThatNeedsAnEnvironment_GetsThatOfTheProcess()
    {
        var task = new MultiThreadableTask { TaskEnvironment = null! };

        SdkTaskEnvironment.Provide(task);

        Assert.AreEqual(Environment.CurrentDirectory, task.TaskEnvironment.ProjectDirectory.Value);
    }

    [TestMethod]
    public void Provide_TaskWithItsOwnEnvironment_KeepsIt()
    {
        var own = TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(AppContext.BaseDirectory);
        var task = new MultiThreadableTask { TaskEnvironment = own };

        SdkTaskEnvironment.Provide(task);

        Assert.AreSame(own, task.TaskEnvironment);
    }

    private sealed class MultiThreadableTask : IMultiThreadableTask
    {
        public IBuildEngine BuildEngine { get; set; } = null!;

        public ITaskHost HostObject { get; set; } = null!;

        public required TaskEnvironment TaskEnvironment { get; set; }

        public bool Execute() => true;
    }
}
