using Microsoft.Build.Exceptions;

namespace Microsoft.Build.Exceptions
{
    /// <summary>A stand-in for the exception of MSBuild's engine, which the tests do not reference.</summary>
    internal sealed class BuildAbortedException : Exception
    {
        public BuildAbortedException()
            : base("Build was canceled.")
        {
        }

        public BuildAbortedException(string message)
            : base("Build was canceled. " + message)
        {
        }
    }
}

namespace Containers.Telemetry.Observation
{
    [TestClass]
    public sealed class CancellationWatchTests
    {
        [TestMethod]
        public void DetermineCancellation_MSBuildStopsBuildingAProject_IsTrue() => Assert.AreEqual(true, After(new BuildAbortedException()));

        [TestMethod]
        public void DetermineCancellation_NodeThatCannotBeStarted_IsFalse() => Assert.AreEqual(false, After(new BuildAbortedException("No such program.")));

        /// <summary>A request that times out also throws this exception.</summary>
        [TestMethod]
        public void DetermineCancellation_OperationThatIsCanceled_IsFalse() => Assert.AreEqual(false, After(new OperationCanceledException()));

        [TestMethod]
        public void DetermineCancellation_ExceptionAfterTheEnd_IsNotSeen()
        {
            var watch = new CancellationWatch();
            watch.Dispose();

            Throw(new BuildAbortedException());

            Assert.AreEqual(false, watch.DetermineCancellation());
        }

        private static bool? After(Exception exception)
        {
            using var watch = new CancellationWatch();
            Throw(exception);
            return watch.DetermineCancellation();
        }

        private static void Throw(Exception exception)
        {
            try
            {
                throw exception;
            }
            catch (Exception)
            {
                // Only the throw matters.
            }
        }
    }
}
