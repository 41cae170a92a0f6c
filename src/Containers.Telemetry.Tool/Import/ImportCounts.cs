using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Import;

internal sealed class ImportCounts
{
    private const int NamedLines = 3;

    private readonly List<string> _named = [];

    public int Files { get; set; }

    /// <summary>Files without lines to read.</summary>
    public int BadFiles { get; set; }

    /// <summary>Files that were read whole, and in which there is no event.</summary>
    public int FilesWithoutEvents { get; set; }

    public long Imported { get; set; }

    /// <summary>Events that the store had already, and duplicates.</summary>
    public long Duplicates { get; set; }

    /// <summary>Events without an id or a time, which the database of a fleet does not accept.</summary>
    public long Incomplete { get; set; }

    public NewerEvents Newer { get; } = new();

    /// <summary>Lines of OTLP that hold spans or metrics.</summary>
    public long OtherLines { get; set; }

    public long BadLines { get; private set; }

    /// <summary>The positions and problems of the first bad lines.</summary>
    public IReadOnlyList<string> NamedBadLines => _named;

    /// <summary>Whether everything was read.</summary>
    public bool IsComplete => BadFiles == 0 && BadLines == 0 && Newer.Count == 0;

    public void AddBadLine(string file, long number, string problem)
    {
        if (BadLines++ < NamedLines)
        {
            _named.Add($"{file}:{number}: {problem}");
        }
    }
}
