namespace Containers.Telemetry.UserFiles;

/// <summary>A line or two in the user's configuration folder, for many processes at once. No member throws for an error of the file system.</summary>
public sealed class ConfigFile(ConfigFolder folder, string name)
{
    // Texts here are much shorter. Only the beginning of a larger file is read.
    private const int MaxBytes = 256;

    // A write is short. The wait is bounded because a publish waits, too.
    private const int Attempts = 40;
    private const int MillisecondsBetweenAttempts = 5;

    private readonly string _path = Path.Combine(folder.Path, name);

    /// <summary>Whether the file exists, readable or not. A folder is not a file.</summary>
    public bool Exists => File.Exists(_path);

    /// <summary>Reads the text; null when it is missing or unreadable, or when another user may have written it.</summary>
    public string? Read()
    {
        try
        {
            if (!Exists)
            {
                return null;
            }

            folder.RequireOwn();
            OwnerOnlyFolder.RequireOwn(_path, UserFolder.Settings);
            return PlainFile.ReadStart(_path, MaxBytes);
        }
        catch (Exception e) when (IsFileProblem(e))
        {
            return null;
        }
    }

    /// <summary>Reads a valid text, or creates one, atomically: concurrent processes all get the text of the first.</summary>
    /// <param name="isValid">Whether an existing text is valid.</param>
    /// <param name="make">Creates the text. It is discarded if another process is faster.</param>
    /// <param name="isOwn">Whether the returned text was created here.</param>
    /// <returns>The text of the file; null when none could be read or written.</returns>
    public string? Ensure(Predicate<string> isValid, Func<string> make, out bool isOwn)
    {
        isOwn = false;
        byte[]? own = null;
        for (int attempt = 1; ; attempt++)
        {
            if (Read() is { } found && isValid(found))
            {
                return found;
            }

            // Before the file is locked: loading the random number generator may take longer than others wait.
            own ??= Encoding.UTF8.GetBytes(make());
            try
            {
                folder.Create();
                using FileStream file = PlainFile.OpenWrite(_path, FileMode.OpenOrCreate, FileShare.None, OwnerOnlyFile.UnixMode);
                OwnerOnlyFolder.RequireOwn(_path, UserFolder.Settings);
                return EnsureAlone(file, isValid, own, out isOwn);
            }
            catch (IOException e) when (e is not StoreException && attempt < Attempts && Exists)
            {
                Thread.Sleep(MillisecondsBetweenAttempts);
            }
            catch (Exception e) when (IsFileProblem(e))
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Claims a message that is shown at most once a day for this process: the file has the day of the last one. Of several processes at once, only one
    /// succeeds; none does if the file cannot be written, since the message would come with each publish.
    /// </summary>
    /// <param name="now">The time. Days are those of UTC.</param>
    public bool TryClaimDay(DateTimeOffset now)
    {
        string today = now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Ensure(text => text.AsSpan().Trim().SequenceEqual(today), () => today + "\n", out bool isOwn);
        return isOwn;
    }

    /// <summary>Replaces the file atomically: a reader sees the old text or the new one.</summary>
    /// <returns>False when it could not be written; the old text then stays.</returns>
    public bool Replace(string text)
    {
        string temporary = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            folder.Create();
            using (FileStream file = PlainFile.OpenWrite(temporary, FileMode.CreateNew, FileShare.None, OwnerOnlyFile.UnixMode))
            {
                Write(file, Encoding.UTF8.GetBytes(text));
            }

            File.Move(temporary, _path, overwrite: true);
            return true;
        }
        catch (Exception e) when (IsFileProblem(e))
        {
            TryDelete(temporary);
            return false;
        }
    }

    /// <summary>Removes the file; false when it is still there.</summary>
    public bool Delete()
    {
        TryDelete(_path);
        return !Exists;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsFileProblem(e))
        {
            // Either it remains, which the next check shows, or it never existed.
        }
    }

    private static string? EnsureAlone(FileStream file, Predicate<string> isValid, byte[] own, out bool isOwn)
    {
        isOwn = false;
        if (ReadText(file) is { } found && isValid(found))
        {
            return found;
        }

        try
        {
            Write(file, own);
            isOwn = true;
            return Encoding.UTF8.GetString(own);
        }
        catch (IOException)
        {
            // A full disk, where waiting does not help.
            return null;
        }
    }

    private static string? ReadText(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        int length = file.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false);
        return length > 0 ? Encoding.UTF8.GetString(bytes[..length]) : null;
    }

    // The length comes last, so that a full disk leaves the old text rather than none.
    private static void Write(FileStream file, byte[] bytes)
    {
        file.Position = 0;
        file.Write(bytes);
        file.SetLength(bytes.Length);
    }

    private static bool IsFileProblem(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}

/// <summary>The folder of a user's choice, pseudonyms and marks. Only the user can read it.</summary>
/// <param name="path">Full path; the first write creates the folder.</param>
public sealed class ConfigFolder(string path)
{
    private const string Name = "containers-telemetry";

    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// The folder of the user who runs this process: under <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c> on Linux,
    /// <c>~/Library/Application Support</c> on macOS, <c>%APPDATA%</c> on Windows; null for a user without such a place.
    /// </summary>
    public static ConfigFolder? OfUser()
    {
        string parent = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.IsPathFullyQualified(parent) ? new ConfigFolder(System.IO.Path.Combine(parent, Name)) : null;
    }

    /// <summary>A file in the folder, which need not exist.</summary>
    public ConfigFile File(string name) => new(this, name);

    /// <summary>Returns why the folder is not used: another user owns the folder or a file in it, or may write there; null if none.</summary>
    public StoreException? FindRefusal() => OwnerOnlyFolder.FindRefusal(Path, UserFolder.Settings, Directory.GetFiles);

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <exception cref="StoreException">Another user owns it, or may write to it.</exception>
    internal void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            // Folders in a user's profile inherit an access list that excludes other users.
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerOnlyFolder.UnixMode);
        }

        RequireOwn();
    }

    /// <summary>Makes sure that the folder, if it exists, is this user's, and closes it to others: the user may have made it open.</summary>
    /// <exception cref="StoreException">Another user owns the folder, or may write to it.</exception>
    internal void RequireOwn()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        OwnerOnlyFolder.RequireOwn(Path, UserFolder.Settings);
        try
        {
            OwnerOnlyFolder.CloseToOthers(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that is read-only, or that has no modes: what it holds is as good as before.
        }
    }
}
