using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Import;

/// <summary>Receives imported events.</summary>
internal interface IImportTarget : IDisposable
{
    /// <returns>Whether it is new; false if the target is known to have it already.</returns>
    bool Add(StoredEvent stored);

    /// <summary>Writes buffered events; called at the end of each file.</summary>
    void Flush();
}
