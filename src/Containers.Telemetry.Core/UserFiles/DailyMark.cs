using System.Globalization;

namespace Containers.Telemetry.UserFiles;

/// <summary>A file of the configuration folder that holds a day, so that something is said once a day at most.</summary>
public static class DailyMark
{
    /// <summary>
    /// Takes it on to say something today. Of all processes that try at once, one gets to; none does where it could not be remembered, since it
    /// would be said with each publish.
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
