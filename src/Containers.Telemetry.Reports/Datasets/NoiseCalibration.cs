namespace Containers.Telemetry.Reports.Datasets;

/// <summary>The noise for a budget, and the least count of a released row.</summary>
/// <remarks>
/// <para>
/// One user changes at most <see cref="ContributionLimit.Rows"/> counts by at most <see cref="ContributionLimit.Publishes"/> each, at each stage. Discrete
/// Gaussian noise of variance σ² on all counts of all stages is then ρ-zCDP with ρ = stages · rows · publishes² / 2σ², also if a stage depends on the
/// releases of earlier stages. Half of δ pays for the conversion to (ε, δ).
/// </para>
/// <para>
/// The other half pays for rows that one user alone makes eligible. Such a row has at most <see cref="MinUsers"/> · publishes, and there are at most
/// stages · rows of them. Each is released with a probability of at most δ / (2 · stages · rows · e^ε), by the Chernoff bound exp(-x² / 2σ²).
/// </para>
/// </remarks>
/// <param name="Variance">σ² of the noise.</param>
/// <param name="Threshold">The least noisy count that is released.</param>
internal readonly record struct NoiseCalibration(long Variance, long Threshold)
{
    /// <summary>A row of fewer users is never released.</summary>
    public const int MinUsers = 10;

    /// <summary>More than any valid budget needs. Up to it the sampler does not overflow.</summary>
    public const long MaxVariance = 1L << 40;

    // Much larger than the floating-point error of the formulas below.
    private const double Margin = 1 + 1e-9;

    // The number of digits of a floating-point number.
    private const int Bisections = 60;

    /// <param name="budget">A valid budget.</param>
    /// <param name="stages">The number of stages of generalisation, from 1.</param>
    /// <param name="limit">The limits for a user at each stage.</param>
    public static NoiseCalibration For(PrivacyBudget budget, int stages, ContributionLimit limit)
    {
        double squaredSensitivity = (double)stages * limit.Rows * limit.Publishes * limit.Publishes;
        var variance = (long)Math.Ceiling(squaredSensitivity / (2 * MaxRho(budget.Epsilon, budget.Delta / 2)) * Margin);
        double failures = 2.0 * stages * limit.Rows * Math.Exp(budget.Epsilon) / budget.Delta;
        var tail = (long)Math.Ceiling(Math.Sqrt(2 * variance * Math.Log(failures)) * Margin) + 1;
        return new NoiseCalibration(variance, (MinUsers * (long)limit.Publishes) + tail);
    }

    /// <summary>The most ρ for which ρ-zCDP implies (ε, δ)-DP.</summary>
    internal static double MaxRho(double epsilon, double delta)
    {
        double low = 0;
        double high = epsilon + 1;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = DeltaOf(middle, epsilon) <= delta ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The least δ for which ρ-zCDP implies (ε, δ)-DP, by proposition 12 of Canonne, Kamath and Steinke (2020).</summary>
    private static double DeltaOf(double rho, double epsilon)
    {
        double low = 1.01;
        double high = ((epsilon + 1) / (2 * rho)) + 2;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            double slope = (((2 * middle) - 1) * rho) - epsilon + Math.Log(1 - (1 / middle));
            (low, high) = slope < 0 ? (middle, high) : (low, middle);
        }

        double logDelta = ((high - 1) * ((high * rho) - epsilon)) + (high * Math.Log(1 - (1 / high))) - Math.Log(high - 1);
        return Math.Min(1, Math.Exp(logDelta));
    }
}
