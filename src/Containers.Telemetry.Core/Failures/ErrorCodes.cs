namespace Containers.Telemetry.Failures;

/// <summary>The meaning of the diagnostic codes of the SDK's container tools.</summary>
/// <remarks>Source: the resource table of Microsoft.NET.Build.Containers; a test walks the installed one.</remarks>
public static class ErrorCodes
{
    private const string Prefix = "CONTAINER";
    private const int DigitCount = 4;

    /// <summary>MSBuild's code for a task without a value for a required parameter.</summary>
    private const string MissingInput = "MSB4044";

    /// <summary>Length of a code such as <c>CONTAINER1013</c>.</summary>
    public static readonly int Length = Prefix.Length + DigitCount;

    /// <summary>
    /// Finds the first known code in a text, at any position and in any language. What only looks like a code may be
    /// a part of a name that a user chose.
    /// </summary>
    /// <returns>The code, or null.</returns>
    public static string? FindIn(string? text)
    {
        if (text is null)
        {
            return null;
        }

        for (int at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            if (IsCodeAt(text, at) && text.Substring(at, Length) is var code && KindOf(code) is not null)
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>Returns the kind of error of a code; null for an unknown code.</summary>
    public static ErrorKind? KindOf(string? code)
    {
        if (code == MissingInput)
        {
            return ErrorKind.InvalidConfiguration;
        }

        if (code is null || code.Length != Length || !code.StartsWith(Prefix, StringComparison.Ordinal) || !IsCodeAt(code, 0))
        {
            return null;
        }

        return int.Parse(code.AsSpan(Prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture) switch
        {
            0 => ErrorKind.Unknown,
            1001 => ErrorKind.UploadFailed,
            1002 => ErrorKind.UnknownRepository,
            1003 => ErrorKind.CredentialFailure,
            1004 => ErrorKind.InternalError,
            1005 => ErrorKind.UploadFailed,
            1006 => ErrorKind.ConnectionLost,
            1007 => ErrorKind.CredentialFailure,
            1008 => ErrorKind.CredentialFailure,
            1009 => ErrorKind.LocalLoad,
            1010 => ErrorKind.UnsupportedLocalRegistry,
            1011 => ErrorKind.RidMismatch,
            1012 => ErrorKind.MissingBinary,
            1013 => ErrorKind.UploadFailed,
            1014 => ErrorKind.DownloadFailed,
            1015 => ErrorKind.UnknownRepository,
            1016 => ErrorKind.CredentialFailure,
            1017 => ErrorKind.RegistryUnreachable,
            1018 => ErrorKind.DownloadFailed,
            1019 => ErrorKind.CredentialFailure,
            1020 => ErrorKind.LocalLoad,
            2001 => ErrorKind.UnsupportedMediaType,
            2002 => ErrorKind.UnsupportedLocalRegistry,
            2003 => ErrorKind.UnsupportedMediaType,
            2004 => ErrorKind.DownloadFailed,
            2005 => ErrorKind.InvalidRepositoryName,
            2007 => ErrorKind.InvalidTag,
            2008 => ErrorKind.InvalidTag,
            2009 => ErrorKind.InvalidBaseImage,
            2010 => ErrorKind.InvalidTag,
            2011 => ErrorKind.MissingPublishDirectory,
            2012 => ErrorKind.InvalidRegistry,
            2013 => ErrorKind.InvalidBaseImage,
            2015 => ErrorKind.InvalidConfiguration,
            2016 => ErrorKind.InvalidPort,
            2017 => ErrorKind.InvalidPort,
            2018 => ErrorKind.UnsupportedSdk,
            2019 => ErrorKind.UnsupportedSdk,
            2020 => ErrorKind.InvalidBaseImage,
            >= 2021 and <= 2029 => ErrorKind.InvalidEntrypoint,
            2030 => ErrorKind.InvalidConfiguration,
            2031 => ErrorKind.InvalidImageFormat,
            3001 => ErrorKind.MissingBinary,
            3002 => ErrorKind.MissingBinary,
            >= 4001 and <= 4006 => ErrorKind.InvalidConfiguration,
            _ => null,
        };
    }

    /// <summary>
    /// Whether a code only says that a transfer failed or that access was refused, so that the exception before it has the reason. Any other
    /// code is the whole diagnosis, whatever exceptions the task survived before it made it.
    /// </summary>
    public static bool HasFurtherCause(string? code) =>
        code is "CONTAINER1001" or "CONTAINER1005" or "CONTAINER1013" or "CONTAINER1014" or "CONTAINER1016" or "CONTAINER1017" or "CONTAINER1018";

    /// <summary>The way that a code speaks of whatever the build was doing; <see cref="TransferDirection.None"/> where the code does not say.</summary>
    /// <remarks>CONTAINER1014 does not, although it speaks of a pull: the SDK uses it for the question whether a blob is there, too, which a push asks.</remarks>
    public static TransferDirection DirectionOf(string? code) => code switch
    {
        "CONTAINER1011" or "CONTAINER1018" or "CONTAINER2001" or "CONTAINER2003" or "CONTAINER2004" => TransferDirection.Pull,
        "CONTAINER1001" or "CONTAINER1005" or "CONTAINER1009" or "CONTAINER1012" or "CONTAINER1013" or "CONTAINER1020" => TransferDirection.Push,
        _ => TransferDirection.None,
    };

    private static bool IsCodeAt(string text, int start)
    {
        if (text.Length < start + Length || (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])))
        {
            return false;
        }

        for (int i = start + Prefix.Length; i < start + Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }
        }

        return text.Length == start + Length || !char.IsAsciiLetterOrDigit(text[start + Length]);
    }
}
