namespace Containers.Telemetry.Store;

/// <summary>What lies where in the folder of a user's data.</summary>
public static class StoreLayout
{
    /// <summary>The folder of the events that are kept.</summary>
    public static string EventsIn(string dataFolder) => Path.Combine(dataFolder, "events");

    /// <summary>The folder of the events that wait for their export.</summary>
    public static string OutboxIn(string dataFolder) => Path.Combine(dataFolder, "outbox");
}
