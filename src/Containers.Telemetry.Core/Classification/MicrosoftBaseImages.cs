namespace Containers.Telemetry.Classification;

/// <summary>
/// The base images that Microsoft publishes, by closed lists. A name, tag or family outside them is a user's text and is not
/// reported, even if it is in Microsoft's registry. Comparison is ordinal: repositories and tags are case-sensitive.
/// </summary>
internal static class MicrosoftBaseImages
{
    /// <summary>The host of the Microsoft Container Registry.</summary>
    public const string Registry = "mcr.microsoft.com";

    private const string Prefix = Registry + "/";
    private const int HttpsPort = 443;

    private static readonly (string Name, TagForm Form)[] Images =
    [
        (Prefix + "dotnet/aspnet", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/runtime", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/runtime-deps", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/sdk", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/monitor", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/monitor/base", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/aspire-dashboard", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/samples", MicrosoftTagForms.DotNetSamples),
        (Prefix + "dotnet/nightly/aspnet", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/runtime", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/runtime-deps", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/sdk", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/monitor", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/monitor/base", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/aspire-dashboard", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/reverse-proxy", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/nightly/yarp", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core/aspnet", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core/runtime", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core/runtime-deps", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core/sdk", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core/samples", MicrosoftTagForms.DotNetSamples),
        (Prefix + "dotnet/core-nightly/aspnet", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core-nightly/runtime", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core-nightly/runtime-deps", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/core-nightly/sdk", MicrosoftTagForms.DotNet),
        (Prefix + "dotnet/framework/aspnet", MicrosoftTagForms.DotNetFramework),
        (Prefix + "dotnet/framework/runtime", MicrosoftTagForms.DotNetFramework),
        (Prefix + "dotnet/framework/sdk", MicrosoftTagForms.DotNetFramework),
        (Prefix + "dotnet/framework/wcf", MicrosoftTagForms.DotNetFramework),
        (Prefix + "dotnet/framework/samples", MicrosoftTagForms.DotNetSamples),
        (Prefix + "azure-functions/base", MicrosoftTagForms.AzureFunctions),
        (Prefix + "azure-functions/dotnet", MicrosoftTagForms.AzureFunctions),
        (Prefix + "azure-functions/dotnet-isolated", MicrosoftTagForms.AzureFunctions),
        (Prefix + "azurelinux/base/core", MicrosoftTagForms.AzureLinux),
        (Prefix + "azurelinux/distroless/base", MicrosoftTagForms.AzureLinux),
        (Prefix + "azurelinux/distroless/debug", MicrosoftTagForms.AzureLinux),
        (Prefix + "azurelinux/distroless/minimal", MicrosoftTagForms.AzureLinux),
        (Prefix + "azurelinux-beta/base/core", MicrosoftTagForms.AzureLinux),
        (Prefix + "azurelinux-beta/distroless/minimal", MicrosoftTagForms.AzureLinux),
        (Prefix + "cbl-mariner/base/core", MicrosoftTagForms.AzureLinux),
        (Prefix + "cbl-mariner/distroless/base", MicrosoftTagForms.AzureLinux),
        (Prefix + "cbl-mariner/distroless/debug", MicrosoftTagForms.AzureLinux),
        (Prefix + "cbl-mariner/distroless/minimal", MicrosoftTagForms.AzureLinux),
        (Prefix + "windows/nanoserver", MicrosoftTagForms.Windows),
        (Prefix + "windows/servercore", MicrosoftTagForms.Windows),
        (Prefix + "windows/server", MicrosoftTagForms.Windows),
        (Prefix + "playwright/dotnet", MicrosoftTagForms.Playwright),
        (Prefix + "powershell", MicrosoftTagForms.PowerShell),
    ];

    /// <summary>Returns the full name of a base image on the list, without allocating.</summary>
    /// <param name="registry">The registry's authority; any case, a trailing dot and the port 443 are the same registry.</param>
    /// <param name="repository">The repository, without tag or digest.</param>
    /// <returns>A constant such as <c>mcr.microsoft.com/dotnet/aspnet</c>, or null for any other image.</returns>
    public static string? CanonicalName(ReadOnlySpan<char> registry, ReadOnlySpan<char> repository)
    {
        if (!IsMicrosoftRegistry(registry))
        {
            return null;
        }

        foreach ((string name, _) in Images)
        {
            if (repository.SequenceEqual(name.AsSpan(Prefix.Length)))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Returns the tag if it has the form that Microsoft publishes for the image: known words and bounded numbers, in their order.</summary>
    /// <param name="canonicalName">A name that <see cref="CanonicalName"/> returned.</param>
    /// <param name="tag">Any text.</param>
    /// <returns>The tag, or null for any other tag or image.</returns>
    public static string? CanonicalTag(string canonicalName, ReadOnlySpan<char> tag)
    {
        if (tag.IsEmpty)
        {
            return null;
        }

        foreach ((string name, TagForm form) in Images)
        {
            if (string.Equals(name, canonicalName, StringComparison.Ordinal))
            {
                var reader = new TagReader(tag);
                form(ref reader);
                return reader.AtEnd ? tag.ToString() : null;
            }
        }

        return null;
    }

    /// <summary>Returns a value of <c>ContainerFamily</c> if Microsoft publishes .NET images of that family.</summary>
    /// <param name="family">Any text.</param>
    /// <returns>The family, such as <c>noble-chiseled-extra</c>, or null for any other.</returns>
    public static string? CanonicalFamily(ReadOnlySpan<char> family)
    {
        var reader = new TagReader(family);
        return ImageFamily.TryRead(ref reader) && reader.AtEnd ? family.ToString() : null;
    }

    private static bool IsMicrosoftRegistry(ReadOnlySpan<char> authority)
    {
        if (authority.SequenceEqual(Registry))
        {
            return true;
        }

        Span<char> buffer = stackalloc char[RegistryAuthority.MaxHostLength];
        return RegistryAuthority.TryNormalize(authority, buffer, out ReadOnlySpan<char> host, out int port)
            && port is 0 or HttpsPort
            && host.SequenceEqual(Registry);
    }
}
