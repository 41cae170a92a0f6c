using Containers.Telemetry.Store;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Tells a store that holds no events yet from one that cannot hold any.</summary>
internal static class StoreFolder
{
    /// <summary>Makes sure that no file stands where a log's folder, or the store's, should be.</summary>
    /// <param name="folder">Full path of the log's folder, which need not exist.</param>
    /// <exception cref="StoreException">There is a file.</exception>
    public static void Require(string folder)
    {
        if (File.Exists(folder) || File.Exists(Path.GetDirectoryName(folder)))
        {
            throw new StoreException(StoreFault.NotAFolder);
        }
    }
}
