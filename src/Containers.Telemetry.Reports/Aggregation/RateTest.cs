namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>
/// Tests whether a failure rate has changed by more than chance. Without a change, each failure is in the later period with a probability of that
/// period's share of all publishes: the number of failures there is binomial, which gives the exact probability of a number as extreme. The test is
/// valid for small counts, too, and rather calls a change chance.
/// </summary>
internal static class RateTest
{
    /// <summary>The probability below which a change is significant, for all comparisons of a question together.</summary>
    public const double Significance = 0.05;

    /// <summary>Returns whether the later period is <c>worse</c> or <c>better</c>, or the change may be <c>chance</c>.</summary>
    /// <param name="comparisons">The number of comparisons of the question.</param>
    public static string VerdictOf(long failures, long publishes, long failuresBefore, long publishesBefore, int comparisons)
    {
        // Either direction has half of the probability.
        double limit = Significance / comparisons / 2;
        return ProbabilityOfAsMany(failures, publishes, failuresBefore, publishesBefore) < limit ? "worse"
            : ProbabilityOfAsFew(failures, publishes, failuresBefore, publishesBefore) < limit ? "better"
            : "chance";
    }

    /// <summary>Returns the probability that chance alone brings so many failures, or more, into the later period.</summary>
    /// <param name="failures">Failures of the later period.</param>
    /// <param name="publishes">Publishes of the later period that were not canceled.</param>
    /// <param name="failuresBefore">Failures of the earlier period.</param>
    /// <param name="publishesBefore">Publishes of the earlier period that were not canceled.</param>
    public static double ProbabilityOfAsMany(long failures, long publishes, long failuresBefore, long publishesBefore) =>
        publishes + publishesBefore == 0 ? 1 : UpperTail(failures, failures + failuresBefore, (double)publishes / (publishes + publishesBefore));

    /// <summary>Returns the probability that chance alone brings so few failures, or fewer, into the later period.</summary>
    public static double ProbabilityOfAsFew(long failures, long publishes, long failuresBefore, long publishesBefore) =>
        ProbabilityOfAsMany(failuresBefore, publishesBefore, failures, publishes);

    /// <summary>P(X >= k) where X is binomial.</summary>
    private static double UpperTail(long k, long n, double p)
    {
        if (k <= 0 || p >= 1)
        {
            return 1;
        }

        if (p <= 0)
        {
            return 0;
        }

        // Below the mean, the first term of the upper tail can be too small for a double, though the sum is nearly 1.
        return k <= n * p ? 1 - Tail(n - k + 1, n, 1 - p) : Tail(k, n, p);
    }

    /// <summary>P(X >= k) where k is above the mean, so that the terms become smaller.</summary>
    private static double Tail(long k, long n, double p)
    {
        double sum = 0;
        double term = Math.Exp(LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
        for (long i = k; i <= n && term > sum * 1e-12; i++)
        {
            sum += term;
            term *= (n - i) / (i + 1.0) * (p / (1 - p));
        }

        return Math.Min(1, sum);
    }

    // Exact for small numbers; Stirling's series is for the others, with an error below 1e-9.
    private static double LogFactorial(long n)
    {
        if (n < 64)
        {
            double sum = 0;
            for (long i = 2; i <= n; i++)
            {
                sum += Math.Log(i);
            }

            return sum;
        }

        double x = n + 1;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }
}
