using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Publishing;

/// <summary>
/// Joins the builds of one multi-architecture publish. They may run in several processes, which share only the project's intermediate folder, and
/// more than one of them may fail: the first reported error is the error of the publish.
/// </summary>
/// <param name="folder">Full path of the project's folder for this; created when needed.</param>
internal sealed class SharedPublish(string folder)
{
    private const string IdFileName = "publish-id";
    private const string ErrorFileName = "first-error-";

    // An id and a path.
    private const int MaxIdFileBytes = 64 * 1024;

    // A build may publish a project several times. A publish whose image failed is asked for its error when that build ends, after later publishes.
    private static readonly TimeSpan ErrorLifetime = TimeSpan.FromDays(1);

    private readonly string _idFile = Path.Combine(folder, IdFileName);

    /// <summary>Begins a publish, which inner builds join from now on, and returns its id.</summary>
    /// <param name="previewFile">Full path of the file that all builds of the publish write their preview to; null without a preview.</param>
    public Guid Open(string? previewFile)
    {
        FaultInjection.Point("shared");
        Guid id = UuidV7.Create();
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream file = PlainFile.OpenWrite(_idFile, FileMode.Create, FileShare.Read))
            {
                file.Write(Encoding.UTF8.GetBytes($"{id:D}\n{previewFile}\n"));
            }

            DateTime oldest = DateTime.UtcNow - ErrorLifetime;
            foreach (string stale in Directory.GetFiles(folder, ErrorFileName + "*").Where(file => File.GetLastWriteTimeUtc(file) < oldest))
            {
                File.Delete(stale);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the folder the images cannot be joined, and each reports its own outcome. Joined to the previous publish, whose error was
            // already reported, they would report none.
            TryForget();
        }

        return id;
    }

    /// <summary>Returns the publish of an inner build: its id, a new one if it is unknown, and its preview file.</summary>
    public (Guid Id, string? PreviewFile) Join()
    {
        FaultInjection.Point("shared");
        try
        {
            string[] lines = PlainFile.ReadStart(_idFile, MaxIdFileBytes)?.Split('\n') ?? [];
            if (lines.Length == 3 && Guid.TryParseExact(lines[0], "D", out Guid id))
            {
                EnsureCurrent();
                return (id, lines[1].Length > 0 ? lines[1] : null);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the image is reported as a separate publish.
        }

        return (UuidV7.Create(), null);
    }

    /// <summary>Whether any build of this publish has reported an error.</summary>
    public bool HasError(Guid id) => File.Exists(ErrorFile(id));

    /// <summary>Returns true for the first of all builds of this publish that reports an error.</summary>
    public bool ClaimError(Guid id)
    {
        FaultInjection.Point("claim");
        try
        {
            using (new FileStream(ErrorFile(id), FileMode.CreateNew, FileAccess.Write))
            {
                return true;
            }
        }
        catch (IOException) when (File.Exists(ErrorFile(id)))
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A duplicate error is better than a missing one.
            return true;
        }
    }

    private void TryForget()
    {
        try
        {
            File.Delete(_idFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // EnsureCurrent detects this when a build joins.
        }
    }

    // If the file cannot be written, its id belongs to another publish: the outer build of the same user could not write it either.
    private void EnsureCurrent() => PlainFile.OpenWrite(_idFile, FileMode.Open, FileShare.ReadWrite | FileShare.Delete).Dispose();

    private string ErrorFile(Guid id) => Path.Combine(folder, ErrorFileName + id.ToString("N"));
}
