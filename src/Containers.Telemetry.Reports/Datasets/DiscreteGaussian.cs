namespace Containers.Telemetry.Reports.Datasets;

/// <summary>
/// Samples whole numbers whose probability is proportional to exp(-x² / 2σ²), exactly: there are only integers and fractions of integers here,
/// so no rounding of a floating-point number reveals the noise.
/// </summary>
/// <remarks>
/// The algorithms are 1 to 3 of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020). An overflow throws; its
/// probability is nil for the variances that <see cref="NoiseCalibration"/> gives.
/// </remarks>
internal static class DiscreteGaussian
{
    /// <param name="variance">σ², from 1 to <see cref="NoiseCalibration.MaxVariance"/>.</param>
    public static long Sample(NoiseStream stream, long variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variance, 1);
        long scale = FloorSqrt(variance) + 1;
        var exactVariance = (UInt128)variance;
        while (true)
        {
            long candidate = SampleLaplace(stream, scale);
            var product = checked((UInt128)Math.Abs(candidate) * (UInt128)scale);
            UInt128 distance = product > exactVariance ? product - exactVariance : exactVariance - product;
            if (ExpMinus(stream, checked(distance * distance), checked(2 * exactVariance * (UInt128)scale * (UInt128)scale)))
            {
                return candidate;
            }
        }
    }

    /// <summary>Samples a whole number whose probability is proportional to exp(-|x| / scale).</summary>
    internal static long SampleLaplace(NoiseStream stream, long scale)
    {
        while (true)
        {
            var remainder = (long)stream.Below((UInt128)scale);
            if (!ExpMinus(stream, (UInt128)remainder, (UInt128)scale))
            {
                continue;
            }

            long quotient = 0;
            while (ExpMinus(stream, 1, 1))
            {
                quotient++;
            }

            long magnitude = checked(remainder + (scale * quotient));
            bool isNegative = stream.Chance(1, 2);
            if (!isNegative || magnitude != 0)
            {
                return isNegative ? -magnitude : magnitude;
            }
        }
    }

    /// <summary>Returns true with the probability exp(-numerator / denominator).</summary>
    internal static bool ExpMinus(NoiseStream stream, UInt128 numerator, UInt128 denominator)
    {
        for (; numerator > denominator; numerator -= denominator)
        {
            if (!ExpMinusUpToOne(stream, 1, 1))
            {
                return false;
            }
        }

        return ExpMinusUpToOne(stream, numerator, denominator);
    }

    // The series of exp(-x): the number of successes in a row, with the chances x, x/2, x/3, is even with that probability.
    private static bool ExpMinusUpToOne(NoiseStream stream, UInt128 numerator, UInt128 denominator)
    {
        UInt128 successes = 0;
        while (stream.Chance(numerator, checked(denominator * (successes + 1))))
        {
            successes++;
        }

        return UInt128.IsEvenInteger(successes);
    }

    private static long FloorSqrt(long number)
    {
        var root = (long)Math.Sqrt(number);
        while (root * root > number)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= number)
        {
            root++;
        }

        return root;
    }
}
