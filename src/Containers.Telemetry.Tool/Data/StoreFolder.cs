using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Distinguishes a store without events from a folder that cannot be one.</summary>
internal static class StoreFolder
{
    /// <summary>Makes sure that no file stands where a folder of the store, or the store's own, should be, and that this user may look into it.</summary>
    /// <param name="folder">Full path of the folder in the store's, which need not exist.</param>
    /// <exception cref="StoreException">There is a file, or this user may not.</exception>
    public static void Require(string folder)
    {
        if (File.Exists(folder) || File.Exists(Path.GetDirectoryName(folder)))
        {
            throw new StoreException(StoreFault.NotAFolder);
        }

        Segment.RequireListing(folder);
    }
}
