using System.Runtime.Versioning;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// Runs a test only where file modes restrict this process: not for root, and not on Windows. As root, <c>.ci/run</c> runs the tests of <see
/// cref="Category"/> a second time, without the capabilities with which root ignores modes.
/// </summary>
public sealed class NeedsFilePermissionsAttribute : ConditionBaseAttribute
{
    /// <summary>The category of these tests.</summary>
    public const string Category = "FilePermissions";

    private static readonly Lazy<bool> AreEnforced = new(static () => !OperatingSystem.IsWindows() && CannotReadFileWithoutMode());

    public NeedsFilePermissionsAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "No file permissions: root ignores them, and Windows has none.";
    }

    public override string GroupName => nameof(NeedsFilePermissionsAttribute);

    public override bool IsConditionMet => AreEnforced.Value;

    [UnsupportedOSPlatform("windows")]
    private static bool CannotReadFileWithoutMode()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.SetUnixFileMode(file, UnixFileMode.None);
            File.OpenRead(file).Dispose();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
