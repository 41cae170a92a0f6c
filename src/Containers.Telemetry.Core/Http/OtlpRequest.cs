using System.IO.Compression;
using System.Net;
using Containers.Telemetry.Endpoints;

namespace Containers.Telemetry.Http;

/// <summary>Builds HTTP requests from bodies, in memory that the next request reuses.</summary>
/// <param name="userAgent">The value of the header <c>User-Agent</c>, unless the user gives another.</param>
internal sealed class OtlpRequest(string userAgent) : IDisposable
{
    private readonly MemoryStream _content = new();

    public void Dispose() => _content.Dispose();

    /// <summary>Builds a request. It is valid until the next one is built.</summary>
    /// <param name="body">The body in the encoding of the destination's protocol.</param>
    /// <param name="isCompressed">Whether the body is compressed with gzip on the way.</param>
    public HttpRequestMessage Create(OtlpDestination destination, ReadOnlyMemory<byte> body, bool isCompressed)
    {
        bool isGrpc = destination.Protocol is OtlpProtocol.Grpc;
        ReadOnlyMemoryContent content = new(isGrpc || isCompressed ? Encode(body.Span, isGrpc, isCompressed) : body);
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType(destination.Protocol));
        HttpRequestMessage request = new(HttpMethod.Post, destination.RequestAddress) { Content = content };
        if (isGrpc)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        if (isCompressed)
        {
            _ = isGrpc
                ? request.Headers.TryAddWithoutValidation("grpc-encoding", "gzip")
                : content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        }

        foreach (NamedValue header in destination.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        }

        return request;
    }

    private ReadOnlyMemory<byte> Encode(ReadOnlySpan<byte> body, bool isGrpc, bool isCompressed)
    {
        int head = isGrpc ? GrpcMessage.HeadLength : 0;
        _content.SetLength(head);
        _content.Position = head;
        if (isCompressed)
        {
            // The fastest level, since the lines of a batch repeat each other and compress nearly as well as with the others.
            using GZipStream gzip = new(_content, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(body);
        }
        else
        {
            _content.Write(body);
        }

        Memory<byte> encoded = _content.GetBuffer().AsMemory(0, (int)_content.Length);
        if (isGrpc)
        {
            GrpcMessage.WriteHead(encoded.Span, encoded.Length - head, isCompressed);
        }

        return encoded;
    }

    private static string ContentType(OtlpProtocol protocol) => protocol switch
    {
        OtlpProtocol.Grpc => "application/grpc",
        OtlpProtocol.HttpJson => "application/json",
        _ => "application/x-protobuf",
    };
}
