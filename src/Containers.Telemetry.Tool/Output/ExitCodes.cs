namespace Containers.Telemetry.Tool.Output;

internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The answer is "no", or only a part could be done.</summary>
    public const int No = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Something failed: a folder that cannot be written, a program that is absent.</summary>
    public const int Failure = 3;

    /// <summary>The figures meet the condition that the user named with <c>--fail-if</c>.</summary>
    public const int ConditionMet = 4;
}
