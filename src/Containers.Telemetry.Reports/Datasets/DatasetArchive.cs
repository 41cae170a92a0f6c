using System.Security.Cryptography;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>
/// The folder <c>dataset</c> of a store: the secret that fixes the noise, and each dataset that was made. A quarter has one dataset, so that later
/// events, or another budget, do not give a second one to compare it with. The secret removes the noise, so a folder that another user owns, or may
/// write to, is not used.
/// </summary>
/// <param name="folder">Full path. It is created by the first write.</param>
/// <param name="of">The prefix of the datasets' names, which distinguishes databases. The secret is the same for all.</param>
public sealed class DatasetArchive(string folder, string of = "")
{
    // Not .json, since an import of the store would read it as events.
    private const string Extension = ".dataset";
    private const int SecretBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The secret of the store; a new one on first use.</summary>
    /// <exception cref="StoreException">Another user owns the folder, the store's folder or the file, or may write to it.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, without permission.</exception>
    /// <exception cref="InvalidDataException">The file has other content.</exception>
    public byte[] Secret()
    {
        string path = Path.Combine(folder, "secret");
        byte[] secret = Keep(path, static () => RandomNumberGenerator.GetBytes(SecretBytes));
        return secret.Length == SecretBytes ? secret : throw new InvalidDataException("The file secret does not have the length of a secret.");
    }

    /// <summary>Full path of the file that keeps a dataset.</summary>
    public string PathOf(Quarter quarter, bool isUnfinished) => Path.Combine(folder, of + quarter + (isUnfinished ? "-unfinished" : "") + Extension);

    /// <summary>Finds the dataset of a quarter; null when none was made.</summary>
    /// <exception cref="StoreException">Another user owns the folder or the file, or may write to it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, without permission.</exception>
    /// <exception cref="InvalidDataException">The file has other content.</exception>
    public DatasetRelease? Find(Quarter quarter, bool isUnfinished)
    {
        string path = PathOf(quarter, isUnfinished);
        return File.Exists(path) ? Parse(ReadOwn(path)) : null;
    }

    /// <summary>Keeps a dataset, unless there is one of that quarter.</summary>
    /// <returns>The kept release: of two processes that make one at once, both get the first one's.</returns>
    /// <exception cref="StoreException">Another user owns the folder, the store's folder or the file, or may write to it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, without permission.</exception>
    /// <exception cref="InvalidDataException">The file has other content.</exception>
    public DatasetRelease Keep(DatasetRelease release) => Parse(Keep(PathOf(release.Quarter, release.IsUnfinished), () =>
    {
        using var bytes = new MemoryStream();
        DatasetJson.Write(release, bytes);
        return bytes.ToArray();
    }));

    private static DatasetRelease Parse(byte[] json) => DatasetJson.Read(json) ?? throw new InvalidDataException("The file is not a dataset.");

    /// <summary>Reads a file, or creates it if it is missing: atomically, and never over another.</summary>
    private byte[] Keep(string path, Func<byte[]> make)
    {
        if (!File.Exists(path))
        {
            OwnerOnlyFolder.Ensure(folder, UserFolder.Dataset, UserFolder.Store);
            string beside = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                Write(beside, make());
                File.Move(beside, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was faster.
            }
            finally
            {
                File.Delete(beside);
            }
        }

        return ReadOwn(path);
    }

    private byte[] ReadOwn(string path)
    {
        OwnerOnlyFolder.RequireOwn(folder, UserFolder.Dataset);
        OwnerOnlyFolder.RequireOwn(path, UserFolder.Dataset);
        return File.ReadAllBytes(path);
    }

    private static void Write(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
    }
}
