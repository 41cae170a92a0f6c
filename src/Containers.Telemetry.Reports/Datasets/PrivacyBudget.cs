namespace Containers.Telemetry.Reports.Datasets;

/// <summary>How much a dataset may reveal about one user: (ε, δ)-differential privacy for all publishes of a user in a quarter.</summary>
/// <param name="Epsilon">
/// Any conclusion from the dataset is at most e^ε times as likely with a user as without. From <see cref="MinEpsilon"/> to <see cref="MaxEpsilon"/>.
/// </param>
/// <param name="Delta">The probability that this fails. From <see cref="MinDelta"/> to <see cref="MaxDelta"/>.</param>
public readonly record struct PrivacyBudget(double Epsilon, double Delta)
{
    public const double MinEpsilon = 0.01;
    public const double MaxEpsilon = 10;
    public const double MinDelta = 1e-12;
    public const double MaxDelta = 1e-3;

    /// <summary>ε 1 and δ 1e-6.</summary>
    public static PrivacyBudget Default { get; } = new(1, 1e-6);

    /// <summary>Whether both values are in their ranges.</summary>
    public bool IsValid => Epsilon is >= MinEpsilon and <= MaxEpsilon && Delta is >= MinDelta and <= MaxDelta;
}

/// <summary>The limits for one user at each stage of generalisation.</summary>
/// <param name="Rows">The most rows. If a user has more, some are chosen by chance.</param>
/// <param name="Publishes">The most publishes in a row.</param>
internal readonly record struct ContributionLimit(int Rows, int Publishes)
{
    /// <summary>The limits of docs/dataset.md. More rows or publishes would need more noise.</summary>
    public static ContributionLimit Default { get; } = new(4, 4);
}
