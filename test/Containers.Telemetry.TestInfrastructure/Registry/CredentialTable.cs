using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The repositories that require credentials, and the token endpoint of those that require a token.</summary>
internal sealed class CredentialTable
{
    public const string TokenPath = "/token";

    private readonly ConcurrentDictionary<string, (ChallengeScheme Scheme, string Credentials)> _required = new(StringComparer.Ordinal);

    /// <summary>Whether the token endpoint answers with a sign-in page for people, as a company's proxy may.</summary>
    public bool ShowsSignInPage { get; set; }

    public void Clear()
    {
        _required.Clear();
        ShowsSignInPage = false;
    }

    public void Require(string repository, string user, string password, ChallengeScheme scheme) =>
        _required[repository] = (scheme, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Answers a request that lacks the right credentials.</summary>
    /// <returns>False if the request was answered here.</returns>
    public async Task<bool> AdmitAsync(HttpContext context, RegistryRoute route)
    {
        if (!_required.TryGetValue(route.Repository, out (ChallengeScheme Scheme, string Credentials) required)
            || IsAuthorized(context.Request, required.Scheme, required.Credentials))
        {
            return true;
        }

        AddChallenge(context, route, required.Scheme);
        await WriteUnauthorizedAsync(context);
        return false;
    }

    /// <summary>Exchanges a user's name and password for a token; 401 if they are wrong for the repository.</summary>
    public async Task IssueTokenAsync(HttpContext context)
    {
        if (ShowsSignInPage)
        {
            await context.Response.WriteContentAsync(200, "text/html", "<!doctype html><title>Sign in</title>"u8.ToArray());
            return;
        }

        HttpRequest request = context.Request;
        IFormCollection? form = await ReadFormAsync(context);
        string repository = RepositoryOf(await ReadScopeAsync(context));
        string? given = form is null
            ? ParseAuthorization(request) is { Scheme: "Basic" } header ? header.Parameter : null
            : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{form["username"]}:{form["password"]}"));

        if (_required.TryGetValue(repository, out (ChallengeScheme Scheme, string Credentials) required)
            && required.Credentials == given)
        {
            // The token contains the credentials, so the registry needs no list of tokens.
            JsonObject body = new() { ["token"] = required.Credentials, ["expires_in"] = 300 };
            await context.Response.WriteContentAsync(200, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));
        }
        else
        {
            await WriteUnauthorizedAsync(context);
        }
    }

    /// <summary>Reads the requested scope of a request for a token; empty if there is none.</summary>
    public static async Task<string> ReadScopeAsync(HttpContext context) =>
        (await ReadFormAsync(context))?["scope"].ToString() ?? context.Request.Query["scope"].ToString();

    /// <summary>Returns the repository of a scope, or an empty string.</summary>
    public static string RepositoryOf(string scope) => scope.Split(':') is [_, string repository, _] ? repository : "";

    public static void AddChallenge(HttpContext context, RegistryRoute route, ChallengeScheme scheme)
    {
        string host = context.Request.Host.Value!;

        // The server itself speaks plain HTTP. A client that uses any other name came through a proxy that terminated TLS.
        string transport = context.Request.Host.Host == "localhost" ? "http" : "https";

        string? challenge = scheme switch
        {
            ChallengeScheme.Basic => $"Basic realm=\"{host}\"",
            ChallengeScheme.Bearer =>
                $"Bearer realm=\"{transport}://{host}{TokenPath}\",service=\"{host}\",scope=\"repository:{route.Repository}:pull,push\"",
            _ => null,
        };

        if (challenge is not null)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
        }
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context) =>
        context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;

    private static Task WriteUnauthorizedAsync(HttpContext context) =>
        context.Response.WriteErrorAsync(401, "UNAUTHORIZED", "Authentication is required.");

    private static bool IsAuthorized(HttpRequest request, ChallengeScheme scheme, string credentials) =>
        ParseAuthorization(request) is { } header && header.Scheme == scheme.ToString() && header.Parameter == credentials;

    private static AuthenticationHeaderValue? ParseAuthorization(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header) ? header : null;
}
