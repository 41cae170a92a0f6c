using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The kinds of answers in the OCI distribution API.</summary>
internal static class RegistryResponse
{
    public static Task WriteContentAsync(this HttpResponse response, int status, string contentType, ReadOnlyMemory<byte> content)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = content.Length;

        return HttpMethods.IsHead(response.HttpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(content, response.HttpContext.RequestAborted).AsTask();
    }

    /// <summary>Answers with the error document of the OCI distribution API.</summary>
    /// <param name="response">The response to write.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A code such as <c>MANIFEST_UNKNOWN</c>.</param>
    /// <param name="message">Text for people.</param>
    public static Task WriteErrorAsync(this HttpResponse response, int status, string code, string message)
    {
        JsonObject body = new()
        {
            ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }),
        };

        return response.WriteContentAsync(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
