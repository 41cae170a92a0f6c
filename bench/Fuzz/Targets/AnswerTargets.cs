using System.Net;
using System.Text;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Answers of endpoints.</summary>
internal static class AnswerTargets
{
    private const int MaxBody = 64 << 10;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("partial-success", 8_000, ReadPartialSuccess,
            """{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}}"""u8.ToArray(),
            """{"partial_success":{"rejected_spans":2,"error_message":"a\ud83d\ude00"}}"""u8.ToArray(),
            [0x0A, 0x0A, 0x08, 0x03, 0x12, 0x06, .. "reason"u8]),
        new("answer", 4_000, ReadAnswer,
            [.. "200\ncontent-type: application/json\n\n"u8, .. """{"partialSuccess":{"rejectedLogRecords":"3"}}"""u8],
            "429\nRetry-After: 120\n\n"u8.ToArray(),
            "503\nRetry-After: Mon, 30 Nov 2026 12:00:00 GMT\n\n"u8.ToArray(),
            [.. "200\ncontent-type: application/grpc\ngrpc-status: 8\ngrpc-status-details-bin: CAgaKgopdHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIECgIIBQ\n\n"u8, 0, 0, 0, 0, 2, 0x0A, 0x00]),
    ];

    private static void ReadPartialSuccess(byte[] input)
    {
        foreach (PartialSuccess read in new[] { PartialSuccess.Read(input), PartialSuccess.ReadProtobuf(input), PartialSuccess.ReadProtobuf(GrpcMessage.First(input)) })
        {
            Require.That(read.Rejected >= 0, "A negative number was rejected.");
            Require.That(read.Message is null || (read.Message.Length is > 0 and <= PartialSuccess.MaxMessageLength && HarmlessText.Line(read.Message) == read.Message), "The message cannot be shown.");
        }
    }

    private static void ReadAnswer(byte[] input)
    {
        int end = input.AsSpan().IndexOf("\n\n"u8);
        string[] head = Encoding.Latin1.GetString(input.AsSpan(0, end < 0 ? input.Length : end)).Split('\n');
        byte[] body = end < 0 ? [] : input[(end + 2)..];
        var reader = new OtlpResponse(TimeProvider.System);
        foreach (OtlpProtocol protocol in Enum.GetValues<OtlpProtocol>())
        {
            using HttpResponseMessage response = Make(head, body);
            ExportResult result = reader.Read(response, protocol, CancellationToken.None);
            Require.That(Enum.IsDefined(result.Outcome) && !(result.RetryAfter < TimeSpan.Zero), "The wait is negative.");
            Require.That(BackOff.Wait(1, result.RetryAfter) <= BackOff.LongestAskedFor, "The wait has no end.");
        }
    }

    private static HttpResponseMessage Make(string[] head, byte[] body)
    {
        int status = int.TryParse(head[0], out int number) && number is >= 100 and < 1000 ? number : 200;
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body, 0, Math.Min(body.Length, MaxBody)) };
        foreach (string line in head.Skip(1))
        {
            string[] parts = line.Split(':', 2);
            if (parts.Length == 2 && !response.Headers.TryAddWithoutValidation(parts[0], parts[1].Trim()))
            {
                response.Content.Headers.TryAddWithoutValidation(parts[0], parts[1].Trim());
            }
        }

        return response;
    }
}
