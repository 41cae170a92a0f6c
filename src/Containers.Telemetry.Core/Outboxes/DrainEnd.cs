namespace Containers.Telemetry.Outboxes;

/// <summary>Why sending what an outbox holds came to its end.</summary>
public enum DrainEnd
{
    /// <summary>Nothing is left that was there.</summary>
    Empty,

    /// <summary>Another process or thread is sending from this outbox.</summary>
    Busy,

    /// <summary>The endpoint failed lately, or asked to be left alone, and the time to try again has not come.</summary>
    Waiting,

    /// <summary>A setting that the endpoint may ask for cannot be used, so nothing was sent.</summary>
    Held,

    /// <summary>The time was over. What is left waits for the next time.</summary>
    OutOfTime,

    /// <summary>The endpoint could not be reached, or could not take what was sent. What is left waits for the next time.</summary>
    Failed,

    /// <summary>The endpoint refused what was sent for a reason that a setting mends. What is left waits until it is mended.</summary>
    Refused,

    /// <summary>The caller asked for the end.</summary>
    Canceled,
}
