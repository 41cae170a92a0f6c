using Containers.Telemetry.BandTasks;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>An input that a band's targets pass to a task, or an output that they read from it.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Value">The value of an input, or the target of an output: MSBuild text.</param>
/// <param name="Type">The type of the task's property.</param>
internal sealed record BandParameter(string Name, string Value, Type Type)
{
    /// <summary>Whether the task requires the parameter.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the value is the name of an item, not of a property.</summary>
    public bool IsItem { get; init; }

    public static BandParameter Text(string name, string value) => new(name, value, typeof(string));

    public static BandParameter Flag(string name, string value) => new(name, value, typeof(bool));

    public static BandParameter Texts(string name, string value) => new(name, value, typeof(string[]));

    public static BandParameter Items(string name, string value) => new(name, value, typeof(ITaskItem[]));

    /// <summary>Returns the same parameter as a required one.</summary>
    public BandParameter Required() => this with { IsRequired = true };
}

/// <summary>A container task of a band.</summary>
/// <param name="Name">The simple name.</param>
/// <param name="Inputs">The parameters that the targets pass.</param>
/// <param name="Outputs">The parameters that the targets read.</param>
internal sealed record BandTask(string Name, IReadOnlyList<BandParameter> Inputs, IReadOnlyList<BandParameter> Outputs)
{
    /// <summary>The base class that does the work.</summary>
    public Type Base { get; init; } = typeof(ForwardingTask);

    /// <summary>The condition of the call.</summary>
    public string? Condition { get; init; }
}
