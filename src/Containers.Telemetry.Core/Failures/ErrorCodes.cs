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

    /// <summary>Finds the first known code in a text of any language. An unknown code may be a part of a name that a user chose.</summary>
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

        return int.Parse(code.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture) switch
        {
            0 => ErrorKind.Unknown,
            1001 or 1005 or 1013 => ErrorKind.UploadFailed,
            1002 or 1015 => ErrorKind.UnknownRepository,
            1003 or 1007 or 1008 or 1016 or 1019 => ErrorKind.CredentialFailure,
            1004 => ErrorKind.InternalError,
            1006 => ErrorKind.ConnectionLost,
            1009 or 1020 => ErrorKind.LocalLoad,
            1010 or 2002 => ErrorKind.UnsupportedLocalRegistry,
            1011 => ErrorKind.RidMismatch,
            1012 or 3001 or 3002 => ErrorKind.MissingBinary,
            1014 or 1018 or 2004 => ErrorKind.DownloadFailed,
            1017 => ErrorKind.RegistryUnreachable,
            2001 or 2003 => ErrorKind.UnsupportedMediaType,
            2005 => ErrorKind.InvalidRepositoryName,
            2007 or 2008 or 2010 => ErrorKind.InvalidTag,
            2009 or 2013 or 2020 => ErrorKind.InvalidBaseImage,
            2011 => ErrorKind.MissingPublishDirectory,
            2012 => ErrorKind.InvalidRegistry,
            2015 or 2030 or (>= 4001 and <= 4006) => ErrorKind.InvalidConfiguration,
            2016 or 2017 => ErrorKind.InvalidPort,
            2018 or 2019 => ErrorKind.UnsupportedSdk,
            >= 2021 and <= 2029 => ErrorKind.InvalidEntrypoint,
            2031 => ErrorKind.InvalidImageFormat,
            _ => null,
        };
    }

    /// <summary>
    /// Whether a code only says that a transfer failed or that access was refused, so that the exception before it has the reason. Any other code is
    /// a complete diagnosis, whatever exceptions the task survived before.
    /// </summary>
    public static bool HasFurtherCause(string? code) =>
        code is "CONTAINER1001" or "CONTAINER1005" or "CONTAINER1013" or "CONTAINER1014" or "CONTAINER1016" or "CONTAINER1017" or "CONTAINER1018";

    /// <summary>The direction that a code implies; <see cref="TransferDirection.None"/> if it implies none.</summary>
    /// <remarks>CONTAINER1014 implies none, although its text is about a pull: the SDK also uses it for the check for a blob of a push.</remarks>
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
