namespace Containers.Telemetry.UserFiles;

/// <summary>The use of a folder. A message names this, since a path may hold the user's name.</summary>
public enum UserFolder
{
    /// <summary>The folder of all data of the user.</summary>
    Store,

    /// <summary>The folder of the events, in the store.</summary>
    Events,

    /// <summary>The folder of the outboxes, in the store, and the folders in it.</summary>
    Outbox,

    /// <summary>The folder of datasets and of the secret that fixes their noise, in the store.</summary>
    Dataset,

    /// <summary>The folder of the user's choice and pseudonyms.</summary>
    Settings,
}
