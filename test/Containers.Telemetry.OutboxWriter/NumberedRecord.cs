using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Containers.Telemetry;

/// <summary>An OTLP log line. The <c>log.record.uid</c> of its record is the number of its writer and the number of the line: <c>3-17</c>.</summary>
public static class NumberedRecord
{
    /// <param name="writer">The number of the writer.</param>
    /// <param name="number">The number of the line.</param>
    /// <param name="filler">The number of bytes to add to the line.</param>
    public static byte[] Create(int writer, int number, int filler = 0) => Encoding.ASCII.GetBytes(
        """{"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[{"scope":{"name":"test"},"logRecords":[{"eventName":"test","attributes":["""
        + Attribute("log.record.uid", Id(writer, number)) + "," + Attribute("filler", new string('x', filler))
        + "]}]}]}]}\n");

    /// <summary>The identifier of a line's record.</summary>
    public static string Id(int writer, int number) => string.Create(CultureInfo.InvariantCulture, $"{writer}-{number}");

    /// <summary>Reads the identifiers of all records of a request in order.</summary>
    public static IReadOnlyList<string> ReadIds(ReadOnlyMemory<byte> body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        return
        [
            .. from resource in request.RootElement.GetProperty("resourceLogs").EnumerateArray()
               from scope in resource.GetProperty("scopeLogs").EnumerateArray()
               from record in scope.GetProperty("logRecords").EnumerateArray()
               from attribute in record.GetProperty("attributes").EnumerateArray()
               where attribute.GetProperty("key").ValueEquals("log.record.uid")
               select attribute.GetProperty("value").GetProperty("stringValue").GetString(),
        ];
    }

    private static string Attribute(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";
}
