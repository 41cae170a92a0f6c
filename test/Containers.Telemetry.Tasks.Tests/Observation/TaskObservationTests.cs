using System.Runtime.InteropServices;
using Containers.Telemetry.Events;
using Containers.Telemetry.Failures;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class TaskObservationTests
{
    private const int InterruptSignal = 2;

    [TestMethod]
    public void Evidence_LoggedError_HasWhatWasThrownBeforeItAndNotAfter()
    {
        using var observation = new TaskObservation();
        var before = new TimeoutException();
        var after = new InvalidOperationException();

        ThrowAndCatch(before);
        observation.OnError(Error("CONTAINER1013"));
        ThrowAndCatch(after);

        FailureEvidence evidence = observation.Evidence(TransferDirection.Push, provedByParameters: ErrorKind.UnsupportedSdk);
        LoggedError error = evidence.Errors.Single();
        Assert.AreEqual("CONTAINER1013", error.Code);
        CollectionAssert.AreEqual(new Exception[] { before }, error.Exceptions.ToArray());
        CollectionAssert.AreEqual(new Exception[] { after, before }, evidence.Exceptions.ToArray());
        Assert.AreEqual(TransferDirection.Push, evidence.Phase);
        Assert.AreEqual(ErrorKind.UnsupportedSdk, evidence.ProvedByParameters);
        Assert.IsNull(evidence.Escaped);
    }

    [TestMethod]
    public void Evidence_ManyErrors_KeepsTheFirst()
    {
        using var observation = new TaskObservation();
        for (int i = 0; i < 100; i++)
        {
            observation.OnError(Error($"CONTAINER{1000 + i}"));
        }

        FailureEvidence evidence = observation.Evidence(TransferDirection.None);

        Assert.HasCount(16, evidence.Errors);
        Assert.AreEqual("CONTAINER1000", evidence.Errors[0].Code);
    }

    [TestMethod]
    public void Evidence_SeveralEventsOfTheSdk_NamesTheErrorOfTheLast()
    {
        using var observation = new TaskObservation();
        observation.OnSdkEvent(EventNames.Error, new Dictionary<string, string> { ["error"] = "credential_failure" });
        observation.OnSdkEvent(EventNames.Error, new Dictionary<string, string> { ["error"] = "local_load" });

        Assert.AreEqual("local_load", observation.Evidence(TransferDirection.None).SdkError);
    }

    [TestMethod]
    public void Escapes_Exception_IsRecordedAndNotCaught()
    {
        using var observation = new TaskObservation();
        var escaped = new InvalidOperationException();

        Assert.IsFalse(observation.Escapes(escaped));

        Assert.IsTrue(observation.HasErrors);
        Assert.AreSame(escaped, observation.Evidence(TransferDirection.None).Escaped);
    }

    [TestMethod]
    public void GaveUp_NothingHappened_IsNo()
    {
        using var observation = new TaskObservation();

        Assert.IsFalse(observation.GaveUp);
        Assert.IsFalse(observation.HasErrors);
    }

    [TestMethod]
    public void GaveUp_LastExceptionIsACancellation_IsYesUnlessTheSdkSucceeded()
    {
        using var observation = new TaskObservation();
        ThrowAndCatch(new TaskCanceledException());
        Assert.IsTrue(observation.GaveUp);

        observation.OnSdkEvent(EventNames.Success, new Dictionary<string, string>());
        Assert.IsFalse(observation.GaveUp);
    }

    [TestMethod]
    public void GaveUp_CancellationThatWasOvercome_IsNo()
    {
        using var observation = new TaskObservation();
        ThrowAndCatch(new TaskCanceledException());
        ThrowAndCatch(new InvalidOperationException());

        Assert.IsFalse(observation.GaveUp);
    }

    [TestMethod]
    public void GaveUp_BuildAskedToStop_IsYes()
    {
        using var observation = new TaskObservation();

        observation.OnCancel();

        Assert.IsTrue(observation.GaveUp);
        Assert.IsTrue(observation.Evidence(TransferDirection.Pull).CancelRequested);
    }

    /// <summary>Ctrl+C also ends docker or a credential helper, and the task may fail before MSBuild cancels it.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void CancelRequested_InterruptOfTheTerminal_IsYes()
    {
        using var handled = new CountdownEvent(2);
        using var before = Survive(handled);
        using var observation = new TaskObservation();
        using var after = Survive(handled);
        Assert.IsFalse(observation.CancelRequested);

        Assert.AreEqual(0, Raise(InterruptSignal));
        handled.Wait();

        Assert.IsTrue(observation.CancelRequested);
    }

    // The handlers of a signal run one after another, so those before and after the observation's have run only if that has.
    private static PosixSignalRegistration Survive(CountdownEvent handled) => PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        handled.Signal();
    });

    [DllImport("libc", EntryPoint = "raise")]
    private static extern int Raise(int signal);

    private static BuildErrorEventArgs Error(string code) => new("", code, "", 0, 0, 0, 0, code + ": text", "", "");

    private static void ThrowAndCatch(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e) when (ReferenceEquals(e, exception))
        {
        }
    }
}
