namespace Containers.Telemetry.UserFiles;

/// <summary>What a folder of the user is for. A message names this, since a path may hold the user's name.</summary>
public enum UserFolder
{
    /// <summary>The folder that all data of the user lies in.</summary>
    Store,

    /// <summary>The folder of the events, in the store.</summary>
    Events,

    /// <summary>The folder of what waits to be sent, in the store, and those in it.</summary>
    Outbox,

    /// <summary>The folder of the user's choice and pseudonyms.</summary>
    Settings,
}
