using Microsoft.Build.Exceptions;

namespace Microsoft.Build.Exceptions
{
    /// <summary>The exception of MSBuild's engine, which these tests do without.</summary>
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

namespace Containers.Telemetry.Publishing
{
    [TestClass]
    public sealed class CancellationWatchTests
    {
        [TestMethod]
        public void IsCanceled_MSBuildStopsBuildingAProject_IsTrue() => Assert.AreEqual(true, After(new BuildAbortedException()));

        [TestMethod]
        public void IsCanceled_NodeThatCannotBeStarted_IsFalse() => Assert.AreEqual(false, After(new BuildAbortedException("No such program.")));

        /// <summary>A request that takes too long throws such an exception, too.</summary>
        [TestMethod]
        public void IsCanceled_OperationThatIsCanceled_IsFalse() => Assert.AreEqual(false, After(new OperationCanceledException()));

        [TestMethod]
        public void IsCanceled_ExceptionAfterTheEnd_IsNotSeen()
        {
            var watch = new CancellationWatch();
            watch.Dispose();

            Throw(new BuildAbortedException());

            Assert.AreEqual(false, watch.IsCanceled);
        }

        private static bool? After(Exception exception)
        {
            using var watch = new CancellationWatch();
            Throw(exception);
            return watch.IsCanceled;
        }

        private static void Throw(Exception exception)
        {
            try
            {
                throw exception;
            }
            catch (Exception)
            {
                // It was thrown, and that is all.
            }
        }
    }
}
