using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Import;

/// <summary>Where imported events go.</summary>
internal interface IImportTarget : IDisposable
{
    /// <summary>Takes an event.</summary>
    /// <returns>Whether it is new; false where the target knows that it has it already.</returns>
    bool Add(StoredEvent stored);

    /// <summary>Writes what waits; called at the end of each file.</summary>
    void Flush();
}
