using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Containers.Telemetry;

/// <summary>An OTLP log line whose record's <c>log.record.uid</c> tells who wrote it and as what: <c>3-17</c>.</summary>
public static class NumberedRecord
{
    /// <summary>Writes a line with its line feed.</summary>
    /// <param name="writer">Who writes.</param>
    /// <param name="number">Which of the writer's lines it is.</param>
    /// <param name="filler">By how many bytes the line is made longer.</param>
    public static byte[] Create(int writer, int number, int filler = 0) => Encoding.ASCII.GetBytes(
        """{"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[{"scope":{"name":"test"},"logRecords":[{"eventName":"test","attributes":["""
        + Attribute("log.record.uid", Id(writer, number)) + "," + Attribute("filler", new string('x', filler))
        + "]}]}]}]}\n");

    /// <summary>The identifier of a line's record.</summary>
    public static string Id(int writer, int number) => string.Create(CultureInfo.InvariantCulture, $"{writer}-{number}");

    /// <summary>Reads the identifiers of all records of a request, in order.</summary>
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
