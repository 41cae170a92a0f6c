namespace Containers.Telemetry.Reports.Cube;

/// <summary>
/// How many publishes have which combination of values, so that a report can be filtered after it was made. It is bounded: where there are
/// too many combinations, the least important axes are left out.
/// </summary>
public sealed class PublishCube
{
    /// <summary>The most combinations.</summary>
    public const int MaxCells = 20_000;

    /// <summary>What publishes can be filtered by, the most important first.</summary>
    public required IReadOnlyList<CubeAxis> Axes { get; init; }

    /// <summary>The combinations that occur.</summary>
    public required IReadOnlyList<CubeCell> Cells { get; init; }

    /// <summary>The ids of the axes for which there were too many combinations.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }
}

/// <summary>Something that publishes can be filtered by.</summary>
/// <param name="Id">The id of the table columns that show it.</param>
/// <param name="Values">Its values as they are shown; several at one position for publishes that have all of them.</param>
public sealed record CubeAxis(string Id, IReadOnlyList<IReadOnlyList<string>> Values);

/// <summary>The publishes that have one combination of values.</summary>
/// <param name="Positions">The position of the value on each axis.</param>
/// <param name="Succeeded">How many of them succeeded.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Canceled">How many of them were canceled.</param>
public sealed record CubeCell(IReadOnlyList<int> Positions, long Succeeded, long Failed, long Canceled);
