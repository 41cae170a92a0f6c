using Containers.Telemetry.Events;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Publishing;

/// <summary>Shows an event of a preview: as lines of the build's output, and as a line of a file.</summary>
internal static class Preview
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Shows one event with all fields for the user's own sinks.</summary>
    /// <param name="engine">The build; null when it accepts no messages any more.</param>
    /// <param name="path">Full path of the preview's file; null for none.</param>
    /// <param name="containerEvent">The event, complete.</param>
    public static void Show(IBuildEngine10? engine, string? path, ContainerEvent containerEvent)
    {
        foreach (string line in engine is null ? [] : PreviewFormat.Lines(containerEvent))
        {
            BuildMessages.Log(engine!, line, MessageImportance.High);
        }

        if (path is not null)
        {
            Append(path, PreviewFormat.Json(containerEvent) + "\n");
        }
    }

    /// <summary>Starts a new preview file.</summary>
    public static void Clear(string path)
    {
        FaultInjection.Point("preview-file");
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    // Inner builds of a multi-architecture publish write to one file from several processes.
    private static void Append(string path, string line)
    {
        const int Attempts = 50;
        FaultInjection.Point("preview-file");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using FileStream file = PlainFile.OpenWrite(path, FileMode.OpenOrCreate, FileShare.None);
                file.Seek(0, SeekOrigin.End);
                file.Write(Utf8.GetBytes(line));
                return;
            }
            catch (IOException e) when (FileErrors.IsSharingViolation(e) && attempt < Attempts)
            {
                Thread.Sleep(10);
            }
        }
    }
}
