namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class ThrownExceptionsTests
{
    [TestMethod]
    public void Newest_CaughtExceptions_AreSeenNewestFirst()
    {
        using var thrown = new ThrownExceptions();
        InvalidOperationException first = ThrowAndCatch("first");
        InvalidOperationException second = ThrowAndCatch("second");

        CollectionAssert.AreEqual(new[] { second, first }, thrown.Newest().ToArray());
    }

    [TestMethod]
    public async Task Newest_OtherThreadOfTheSameFlow_IsSeen()
    {
        using var thrown = new ThrownExceptions();
        InvalidOperationException onPool = await Task.Run(() => ThrowAndCatch("pool"));
        InvalidOperationException? onThread = null;
        var thread = new Thread(() => onThread = ThrowAndCatch("thread"));
        thread.Start();
        thread.Join();

        CollectionAssert.AreEqual(new[] { onThread!, onPool }, thrown.Newest().ToArray());
    }

    [TestMethod]
    public async Task Newest_OtherFlow_IsNotSeen()
    {
        using var start = new ManualResetEventSlim();
        Task other = Task.Run(() =>
        {
            start.Wait();
            ThrowAndCatch("begun before");
        });
        using var thrown = new ThrownExceptions();
        Task apart;
        using (ExecutionContext.SuppressFlow())
        {
            apart = Task.Run(() => ThrowAndCatch("flow suppressed"));
        }

        start.Set();
        await Task.WhenAll(other, apart);

        Assert.IsEmpty(thrown.Newest());
    }

    [TestMethod]
    public async Task Newest_FlowsSideBySide_SeeEachItsOwn()
    {
        async Task<bool> ObserveAsync(string name)
        {
            using var thrown = new ThrownExceptions();
            await Task.Yield();
            InvalidOperationException own = ThrowAndCatch(name);
            await Task.Yield();
            return thrown.Newest() is [var only] && ReferenceEquals(only, own);
        }

        bool[] alone = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ObserveAsync($"flow {i}"))));

        Assert.IsTrue(alone.All(own => own));
    }

    [TestMethod]
    public async Task Newest_ExceptionThrownAgainAtEachAwait_CountsOnce()
    {
        static async Task ThrowAsync(int depth)
        {
            await Task.Yield();
            if (depth == 0)
            {
                throw new InvalidOperationException("deep");
            }

            await ThrowAsync(depth - 1);
        }

        using var thrown = new ThrownExceptions();
        ThrowAndCatch("before");
        InvalidOperationException deep = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => ThrowAsync(5));

        Assert.HasCount(2, thrown.Newest());
        Assert.AreSame(deep, thrown.Newest()[0]);
    }

    [TestMethod]
    public void Newest_OlderExceptionThrownAgain_IsTheNewest()
    {
        using var thrown = new ThrownExceptions();
        InvalidOperationException first = ThrowAndCatch("first");
        InvalidOperationException second = ThrowAndCatch("second");
        try
        {
            throw first;
        }
        catch (InvalidOperationException)
        {
            CollectionAssert.AreEqual(new[] { first, second }, thrown.Newest().ToArray());
        }
    }

    [TestMethod]
    public void Newest_ManyExceptions_KeepsTheNewestEight()
    {
        using var thrown = new ThrownExceptions();
        InvalidOperationException[] all = [.. Enumerable.Range(0, 20).Select(i => ThrowAndCatch($"{i}"))];

        CollectionAssert.AreEqual(all.TakeLast(8).Reverse().ToArray(), thrown.Newest().ToArray());
    }

    [TestMethod]
    public void Newest_ObservationWithinAnother_TakesOverUntilItEnds()
    {
        using var outer = new ThrownExceptions();
        InvalidOperationException before = ThrowAndCatch("before");
        InvalidOperationException within;
        using (var inner = new ThrownExceptions())
        {
            within = ThrowAndCatch("within");
            CollectionAssert.AreEqual(new[] { within }, inner.Newest().ToArray());
        }

        InvalidOperationException after = ThrowAndCatch("after");
        CollectionAssert.AreEqual(new[] { after, before }, outer.Newest().ToArray());
    }

    [TestMethod]
    public void Dispose_ExceptionsThrownAfterwards_AreNotSeen()
    {
        var thrown = new ThrownExceptions();
        thrown.Dispose();

        ThrowAndCatch("later");

        Assert.IsEmpty(thrown.Newest());
    }

    private static InvalidOperationException ThrowAndCatch(string text)
    {
        try
        {
            throw new InvalidOperationException(text);
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
