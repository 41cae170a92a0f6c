using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Distinguishes a store without events from a folder that cannot be one.</summary>
internal static class StoreFolder
{
    /// <summary>Checks that a folder of the store, and the store itself, is not a file, and that this user may read it.</summary>
    /// <param name="folder">Full path of the folder in the store's, which need not exist.</param>
    /// <exception cref="StoreException">It is a file, or this user may not read it.</exception>
    public static void Require(string folder)
    {
        if (File.Exists(folder) || File.Exists(Path.GetDirectoryName(folder)))
        {
            throw new StoreException(StoreFault.NotAFolder);
        }

        Segment.RequireListing(folder);
    }
}
