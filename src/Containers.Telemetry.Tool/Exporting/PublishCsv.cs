using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Rendering;

namespace Containers.Telemetry.Tool.Exporting;

/// <summary>Writes publishes as comma-separated values, with a header line. Several values of a field are separated by semicolons.</summary>
internal static class PublishCsv
{
    public static void Write(PublishList list, TextWriter output)
    {
        WriteRow(["PublishId", "Time", "Outcome", .. list.Fields.Select(static field => field.Name)]);
        foreach (PublishEntry entry in list.Publishes)
        {
            string time = entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            WriteRow([entry.Id.ToString("D"), time, entry.Outcome, .. entry.Values.Select(TextOf)]);
        }

        void WriteRow(IEnumerable<string> cells)
        {
            output.Write(string.Join(',', cells.Select(CsvRenderer.Cell)));
            output.Write('\n');
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        long number => number.ToString(CultureInfo.InvariantCulture),
        string[] texts => string.Join(';', texts),
        _ => (string)value,
    };
}
