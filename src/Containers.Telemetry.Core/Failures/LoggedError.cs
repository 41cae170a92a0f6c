namespace Containers.Telemetry.Failures;

/// <summary>An error that a task of the SDK has logged, as far as it is evidence.</summary>
/// <param name="Code">The structured code, or null.</param>
/// <param name="Text">The message. It is searched for codes and statuses and then forgotten; it is never part of an event.</param>
/// <param name="Exceptions">What had been thrown in the task when the error was logged, newest first; empty when nothing was.</param>
public sealed record LoggedError(string? Code, string? Text, IReadOnlyList<Exception> Exceptions);
