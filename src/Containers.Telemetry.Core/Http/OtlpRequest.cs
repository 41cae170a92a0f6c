using System.IO.Compression;
using System.Net;
using Containers.Telemetry.Endpoints;

namespace Containers.Telemetry.Http;

/// <summary>Makes HTTP requests of bodies, in memory that the next request uses again.</summary>
/// <param name="userAgent">The value of the header <c>User-Agent</c>, unless the user gives another.</param>
internal sealed class OtlpRequest(string userAgent) : IDisposable
{
    private readonly MemoryStream _content = new();

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    /// <summary>Makes a request. It is invalid as soon as the next one is made.</summary>
    /// <param name="destination">Where to.</param>
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
            // The fastest level: the lines of a batch repeat each other, so that it is nearly as short as with the others.
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
