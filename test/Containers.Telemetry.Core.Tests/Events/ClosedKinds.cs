using System.Text.RegularExpressions;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events;

/// <summary>The values that each kind of field allows, written independently of the product's rules.</summary>
internal static partial class ClosedKinds
{
    private const string Words = "alpha|beta|preview|rc|rtm|servicing|dev|ci|test";

    private const string Systems =
        "linux|linux-musl|linux-bionic|win|win7|win8|win81|win10|unix|any|base|arch|browser|exherbo|gentoo|haiku|illumos|manjaro"
        + "|openindiana|wasi|osx|freebsd|alpine|android|centos|debian|fedora|ios|iossimulator|linuxmint|maccatalyst|miraclelinux"
        + "|ol|omnios|opensuse|rhel|rocky|sles|smartos|solaris|tizen|tvos|tvossimulator|ubuntu";

    private const string Architectures = "x64|arm64|x86|arm|armel|loongarch64|mips64|ppc64le|riscv64|s390x|wasm|armv5|armv6|armv8";

    private const string Repositories =
        "dotnet/(nightly/)?(aspnet|runtime|runtime-deps|sdk|monitor)|dotnet/samples|azure-functions/dotnet(-isolated)?"
        + "|(azurelinux|cbl-mariner)/(base/core|distroless/(base|debug|minimal))|windows/(nanoserver|servercore)|playwright/dotnet|powershell";

    // Words from Microsoft's tags, and numbers that are too short to identify anybody.
    private const string TagPart =
        "latest|lts|next|preview|chiseled|extra|composite|aot|slim|distroless|nonroot|appservice|mariner|core-tools|aspnetapp|dotnetapp"
        + "|dotnet-isolated|dotnet|v|rc|ltsc|jammy|noble|focal|bionic|resolute|plucky|questing|bookworm|bullseye|buster|trixie|forky|stretch"
        + "|alpine|azurelinux|cbl-mariner|centos|debian|ubi|ubuntu"
        + "|nanoserver|windowsservercore|windowsserver|amd64|arm64v8|arm32v7|arm64|arm32|arm|x64|\\d{1,8}|[0-9]{2}H[12]|h[12]";

    public static bool Allows(EventField field, string value) => field.Kind switch
    {
        FieldKind.Choice or FieldKind.Choices => field.AllowedValues.Contains(value, StringComparer.Ordinal),
        FieldKind.Version => Version().IsMatch(value),
        FieldKind.TargetFramework => TargetFramework().IsMatch(value),
        FieldKind.RuntimeIdentifier or FieldKind.RuntimeIdentifiers => value == "other" || RuntimeIdentifier().IsMatch(value),
        FieldKind.BaseImage => BaseImage().IsMatch(value),
        FieldKind.BaseImageTag or FieldKind.ContainerFamily => Tag().IsMatch(value),
        FieldKind.DiagnosticCode => DiagnosticCode().IsMatch(value),
        FieldKind.Identifier => Identifier().IsMatch(value),
        FieldKind.KeyedHash => Regex.IsMatch(value, @"\A[0-9a-f]{32}\z"),
        FieldKind.Timestamp => Timestamp().IsMatch(value),
        _ => false,
    };

    [GeneratedRegex(@"^[0-9]{1,8}(\.[0-9]{1,8}){0,3}(-(" + Words + @"|[0-9]{1,8})(\.(" + Words + @"|[0-9]{1,8})){0,3})?\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"^[1-9][0-9]?\.[0-9]{1,2}\z")]
    private static partial Regex TargetFramework();

    [GeneratedRegex("^(" + Systems + @")(\.[0-9]{1,8}){0,3}(-(" + Architectures + @"))?\z")]
    private static partial Regex RuntimeIdentifier();

    [GeneratedRegex("^mcr\\.microsoft\\.com/(" + Repositories + @")\z")]
    private static partial Regex BaseImage();

    [GeneratedRegex(@"^(" + TagPart + @")(([-.])?(" + TagPart + @")){0,15}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(CONTAINER|MSB|NETSDK)[0-9]{4}\z")]
    private static partial Regex DiagnosticCode();

    [GeneratedRegex(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{7}(\+00:00|Z)\z")]
    private static partial Regex Timestamp();
}
