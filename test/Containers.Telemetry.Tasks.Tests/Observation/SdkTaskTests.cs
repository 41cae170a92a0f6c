using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Containers.Telemetry.Observation;

/// <summary>The adapter for an SDK's task whose parameters differ from ours.</summary>
[TestClass]
public sealed class SdkTaskTests
{
    [TestMethod]
    public void SetInput_OfAnotherType_IsConverted()
    {
        var task = new OtherTask();
        var sdkTask = new SdkTask(task);

        sdkTask.SetInput(nameof(OtherTask.Switch), "true");
        sdkTask.SetInput(nameof(OtherTask.Text), true);
        sdkTask.SetInput(nameof(OtherTask.Texts), new ITaskItem[] { new TaskItem("a"), new TaskItem("b") });
        sdkTask.SetInput(nameof(OtherTask.Count), "12");

        Assert.IsTrue(task.Switch);
        Assert.AreEqual("True", task.Text);
        CollectionAssert.AreEqual(new[] { "a", "b" }, task.Texts);
        Assert.AreEqual(12, task.Count);
    }

    [TestMethod]
    public void SetInput_WithoutAMeaning_LeavesTheDefault()
    {
        var task = new OtherTask { Count = 3 };
        var sdkTask = new SdkTask(task);

        sdkTask.SetInput(nameof(OtherTask.Count), "many");
        sdkTask.SetInput(nameof(OtherTask.Switch), "perhaps");
        sdkTask.SetInput("Unknown", "x");

        Assert.AreEqual(3, task.Count);
        Assert.IsFalse(task.Switch);
    }

    [TestMethod]
    public void GetOutput_OfAnotherTypeOrNone_IsConvertedOrEmpty()
    {
        var sdkTask = new SdkTask(new OtherTask());

        Assert.AreEqual("first;second", sdkTask.GetOutput<string>(nameof(OtherTask.Result)));
        Assert.IsNull(sdkTask.GetOutput<string>("Unknown"));
        Assert.IsNull(sdkTask.GetOutput<ITaskItem>(nameof(OtherTask.Result)));
    }

    [TestMethod]
    public void FindMissingInput_RequiredText_IsNamed()
    {
        Assert.AreEqual(nameof(OtherTask.Text), new SdkTask(new OtherTask()).FindMissingInput(static _ => false));
        Assert.IsNull(new SdkTask(new OtherTask()).FindMissingInput(static name => name == nameof(OtherTask.Text)));
    }

    [TestMethod]
    public void FindMissingInput_RequiredList_IsEmptyAndNotMissing()
    {
        var task = new OtherTask();

        Assert.IsNull(new SdkTask(task).FindMissingInput(static name => name == nameof(OtherTask.Text)));
        Assert.IsEmpty(task.Texts!);
    }

    private sealed class OtherTask : ITask
    {
        public IBuildEngine BuildEngine { get; set; } = null!;

        public ITaskHost HostObject { get; set; } = null!;

        [Required]
        public string? Text { get; set; }

        [Required]
        public string[]? Texts { get; set; }

        public bool Switch { get; set; }

        public int Count { get; set; }

        [Output]
        public ITaskItem[] Result { get; } = [new TaskItem("first"), new TaskItem("second")];

        public bool Execute() => true;
    }
}
