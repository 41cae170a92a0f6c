namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The requests of a pull or a push that a fault is about.</summary>
[Flags]
public enum TransferSteps
{
    /// <summary>The manifest or the index.</summary>
    Manifest = 1,

    /// <summary>A layer or the configuration; in a push its POST, PATCH and PUT.</summary>
    Blob = 2,

    /// <summary>The HEAD by which a push asks whether a blob is there already. A pull has no such step.</summary>
    BlobCheck = 4,

    /// <summary>Every request of the direction.</summary>
    All = Manifest | Blob | BlobCheck,
}
