using System.Globalization;

namespace Containers.Telemetry.UserFiles;

/// <summary>A file of the configuration folder with a day, so that a message is shown at most once a day.</summary>
public static class DailyMark
{
    /// <summary>
    /// Claims today's message for this process. Of several processes at once, only one succeeds; none does if the file cannot be written, since the
    /// message would come with each publish.
    /// </summary>
    /// <param name="file">The file, which need not exist.</param>
    /// <param name="now">The time. Days are those of UTC.</param>
    public static bool TryClaim(ConfigFile file, DateTimeOffset now)
    {
        string today = now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        file.Ensure(text => text.AsSpan().Trim().SequenceEqual(today), () => today + "\n", out bool isOwn);
        return isOwn;
    }
}
