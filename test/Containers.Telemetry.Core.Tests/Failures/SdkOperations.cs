using System.Runtime.CompilerServices;

namespace Microsoft.NET.Build.Containers;

// The classifier finds the step of an exception by the SDK's methods in its stack trace; these are stand-ins.
internal static class Thrown
{
    /// <summary>Returns an exception that was thrown by the method, with the method in its stack trace.</summary>
    public static T By<T>(Action<Exception> method, T exception)
        where T : Exception
    {
        try
        {
            method(exception);
        }
        catch (T e) when (ReferenceEquals(e, exception))
        {
        }

        return exception;
    }
}

internal static class AuthHandshakeMessageHandler
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SendAsync(Exception exception) => throw exception;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void GetAuthenticationAsync(Exception exception) => throw exception;
}

internal static class FallbackToHttpMessageHandler
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SendAsync(Exception exception) => throw exception;
}

internal static class Registry
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void DownloadBlobAsync(Exception exception) => throw exception;
}

internal static class DefaultManifestOperations
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void GetAsync(Exception exception) => throw exception;
}

internal static class DefaultBlobOperations
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void GetJsonAsync(Exception exception) => throw exception;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ExistsAsync(Exception exception) => throw exception;
}

internal static class DefaultBlobUploadOperations
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StartAsync(Exception exception) => throw exception;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void PatchAsync(Exception exception) => throw exception;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CompleteAsync(Exception exception) => throw exception;
}
