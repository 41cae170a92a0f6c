using Containers.Telemetry.Observation;
using Microsoft.Build.Framework;

namespace Microsoft.Build.Framework
{
    /// <summary>The interface of newer versions of MSBuild, as far as it is looked at: by its name.</summary>
    internal interface IMultiThreadableTask : ITask
    {
        Containers.Telemetry.Observation.ProjectEnvironment? TaskEnvironment { get; set; }
    }
}

namespace Containers.Telemetry.Observation
{
    [TestClass]
    public sealed class SdkTaskEnvironmentTests
    {
        [TestMethod]
        public void Provide_TaskWithoutTheEnvironmentThatItWants_GetsThatOfTheProcess()
        {
            var task = new MultiThreadableTask();

            SdkTaskEnvironment.Provide(task);

            Assert.AreSame(ProjectEnvironment.Fallback, task.TaskEnvironment);
        }

        [TestMethod]
        public void Provide_TaskWithAnEnvironment_KeepsIt()
        {
            var own = new ProjectEnvironment();
            var task = new MultiThreadableTask { TaskEnvironment = own };

            SdkTaskEnvironment.Provide(task);

            Assert.AreSame(own, task.TaskEnvironment);
        }

        private sealed class MultiThreadableTask : IMultiThreadableTask
        {
            public IBuildEngine BuildEngine { get; set; } = null!;

            public ITaskHost HostObject { get; set; } = null!;

            public ProjectEnvironment? TaskEnvironment { get; set; }

            public bool Execute() => true;
        }
    }

    internal sealed class ProjectEnvironment
    {
        public static ProjectEnvironment Fallback { get; } = new();
    }
}
