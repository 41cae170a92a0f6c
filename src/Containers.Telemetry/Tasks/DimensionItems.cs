namespace Containers.Telemetry.Tasks;

/// <summary>Reads dimensions from items.</summary>
internal static class DimensionItems
{
    /// <summary>Returns names and values: what the items include, and their metadata Value.</summary>
    public static KeyValuePair<string, string>[] Read(ITaskItem[] items)
    {
        var dimensions = new KeyValuePair<string, string>[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            dimensions[i] = new KeyValuePair<string, string>(items[i].ItemSpec, items[i].GetMetadata("Value").Trim());
        }

        return dimensions;
    }
}
