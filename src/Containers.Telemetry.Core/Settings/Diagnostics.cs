namespace Containers.Telemetry.Settings;

/// <summary>
/// The warnings and errors that a build can log: code, text, remedy. docs/diagnostics.md says more about each, and a test compares the
/// page and the targets with this table. The first argument of a text that begins with "The {0}" is the kind and the name of the setting.
/// </summary>
public static class Diagnostics
{
    private const string NothingIsSent = "so nothing is sent for now: events wait in the outbox.";
    private const string WholeNumber = "The property {0} must be a whole number of {1} from {2} to {3}. Its value is not, so {4} applies.";

    public static readonly Diagnostic ConsentSwitch = new("CTEL0001", DiagnosticSource.Targets,
        "The property ContainersTelemetry must be true or false. Its value is neither, so the setting is ignored.",
        "Set `true` or `false`, or remove the property.");

    public static readonly Diagnostic PreviewSwitch = new("CTEL0002", DiagnosticSource.Targets,
        "The property ContainersTelemetryPreview must be true or false. Its value is neither, so there is no preview.",
        "`-p:ContainersTelemetryPreview=true`");

    /// <summary>The tool prints it, too: <c>containers-telemetry status</c>.</summary>
    public static readonly Diagnostic OptOutVariable = new("CTEL0003", DiagnosticSource.Targets,
        "The environment variable CONTAINERS_TELEMETRY_OPTOUT must be 1, true or yes to opt out, or 0, false or no to allow. " +
        "Its value is none of these, so it is ignored.",
        "Set `1` to opt out, `0` to allow, or unset it.");

    public static readonly Diagnostic ConsentRequirement = new("CTEL0004", DiagnosticSource.Targets,
        "The property ContainersTelemetryConsent must be Required or empty. " +
        "Its value is neither and counts as Required, so telemetry is off until it is accepted.",
        "Set `Required`, or remove the property.");

    public static readonly Diagnostic StoreFolder = new("CTEL0005", DiagnosticSource.Tasks,
        "The {0} must be the absolute path of a folder. Its value is not, so events are stored in the default folder.",
        "Give an absolute path.");

    /// <inheritdoc cref="ExportBudget"/>
    public static readonly Diagnostic StoreSizeLimit = new("CTEL0006", DiagnosticSource.Tasks, WholeNumber, "Give a number alone, such as `128`.");

    /// <inheritdoc cref="ExportBudget"/>
    public static readonly Diagnostic StoreRetention = new(
        "CTEL0007", DiagnosticSource.Tasks, WholeNumber, "Give a number alone, such as `30`. To keep nothing, opt out.");

    public static readonly Diagnostic EndpointUrl = new("CTEL0008", DiagnosticSource.Tasks,
        "The {0} must be an absolute http or https URL, such as http://localhost:4318. " +
        "Its value is not, so nothing is exported there; events are still stored.",
        "Give a whole URL.");

    /// <summary>Second argument: the environment variable that allows it.</summary>
    public static readonly Diagnostic InsecureEndpoint = new("CTEL0009", DiagnosticSource.Tasks,
        "The {0} names another machine and uses http, which anybody in between can read. " +
        "Use https, or set the property ContainersTelemetryAllowInsecureEndpoint or the environment variable {1} to true. " +
        "Until then nothing is exported there; events are still stored.",
        "Use `https`, or set `ContainersTelemetryAllowInsecureEndpoint` or the variable to `true` in a network that you trust.");

    public static readonly Diagnostic Headers = new("CTEL0010", DiagnosticSource.Tasks,
        "The {0} must be a list of name=value entries with commas between them and percent-encoded values. It is not, " + NothingIsSent,
        "`api-key=secret,x-tenant=a%20b`.");

    /// <summary>Arguments: the property, its unit, the least and the greatest value, and the default.</summary>
    public static readonly Diagnostic ExportBudget = new("CTEL0011", DiagnosticSource.Tasks,
        WholeNumber,
        "Give a number alone. With `0` a publish queues its events and sends none.");

    public static readonly Diagnostic Certificate = new("CTEL0012", DiagnosticSource.Tasks,
        "The {0} must be the path of a PEM file with the certificates of authorities to trust. It is not, " + NothingIsSent,
        "Give the path of a PEM file with the authorities to trust, or unset the variable to trust those of the machine.");

    /// <summary>Arguments: how many items are left out, how many there are, how long a name and a value may be, and how many dimensions there may be.</summary>
    public static readonly Diagnostic Dimensions = new("CTEL0013", DiagnosticSource.Tasks,
        "{0} of {1} ContainersTelemetryDimension items cannot be used and are left out. " +
        "A name is a lower-case letter and then up to {2} lower-case letters, digits and underscores; " +
        "the metadata Value is up to {3} letters, digits, dots, underscores and hyphens; there are at most {4} dimensions.",
        "Use words: `<ContainersTelemetryDimension Include=\"cost_centre\" Value=\"4711\" />`.");

    /// <summary>Argument: the minimum number of characters.</summary>
    public static readonly Diagnostic ProjectKey = new("CTEL0014", DiagnosticSource.Tasks,
        "The property ContainersTelemetryProjectKey must have {0} characters or more. Its value has fewer, so the key of this user applies.",
        "Give a secret of 16 characters or more, such as `openssl rand -hex 32` makes.");

    /// <summary>Argument: a sentence for each invalid parameter.</summary>
    public static readonly Diagnostic UsageParameters = new("CTEL0015", DiagnosticSource.Tasks, "{0}", "See [events of your own](events-of-your-own.md).");

    /// <summary>Second argument: what applies instead, as a clause.</summary>
    public static readonly Diagnostic Switch = new("CTEL0016", DiagnosticSource.Tasks,
        "The {0} must be true or false. Its value is neither, so {1}.",
        "Set `true` or `false`.");

    public static readonly Diagnostic ResourceAttributes = new("CTEL0017", DiagnosticSource.Tasks,
        "The {0} must be a list of percent-encoded name=value entries with commas between them. It is not, so all of it is ignored.",
        "`deployment.environment.name=production,team=a%20b`");

    public static readonly Diagnostic ObservationMode = new("CTEL0018", DiagnosticSource.Targets,
        "The property ContainersTelemetryObservation must be Automatic or Bracketed. Its value is neither and counts as Automatic.",
        "Set `Bracketed`, or remove the property.");

    /// <summary>Arguments: the name of the task and the type of the exception.</summary>
    public static readonly Diagnostic SdkTask = new("CTEL0019", DiagnosticSource.FailedTask,
        "Containers.Telemetry cannot create the task {0} of this .NET SDK ({1}). " +
        "Set the property ContainersTelemetryObservation to Bracketed to let the SDK run its own tasks, and run containers-telemetry doctor.",
        "Repair the SDK.");

    /// <summary>At most once a day. Arguments: the URL, the newest answer, advice about that answer, and what happens to the data meanwhile.</summary>
    public static readonly Diagnostic RefusingEndpoint = new("CTEL0020", DiagnosticSource.Tasks,
        "The endpoint {0} has refused every request for a day or in five publishes, most recently with {1}. {2} {3}; containers-telemetry status says more.",
        "Correct the endpoint, its headers or its protocol, then run `containers-telemetry flush`.");

    public static readonly Diagnostic Protocol = new("CTEL0021", DiagnosticSource.Tasks,
        "The {0} must be http/protobuf, http/json or grpc. Its value is none of them, " + NothingIsSent,
        "Set one of the three, or nothing for `http/protobuf`.");

    /// <summary>Arguments: the variables of the certificate and of the key.</summary>
    public static readonly Diagnostic ClientCertificate = new("CTEL0022", DiagnosticSource.Tasks,
        "The environment variables {0} and {1} must be the paths of two PEM files, a certificate and its private key. They are not, " + NothingIsSent,
        "Set both. The key must not be encrypted.");

    public static readonly Diagnostic ForbiddenHeader = new("CTEL0023", DiagnosticSource.Tasks,
        "The {0} has a header that HTTP does not allow, or one that the exporter sets itself. So nothing is sent for now: events wait in the outbox.",
        "Correct the header or leave it out.");

    public static readonly Diagnostic ExportTimeout = new("CTEL0024", DiagnosticSource.Tasks,
        "The {0} must be a number of milliseconds, 0 for no limit. Its value is not, so 10000 applies.",
        "Give a number alone.");

    public static readonly Diagnostic Compression = new("CTEL0025", DiagnosticSource.Tasks,
        "The {0} must be gzip or none. Its value is neither, so none applies.",
        "Set one of the two.");

    /// <summary>Further arguments: the allowed values, how the value differs from them, and what is sent instead.</summary>
    public static readonly Diagnostic MetricsForm = new("CTEL0026", DiagnosticSource.Tasks,
        "The {0} must be {1} for container publishes. Its value is {2}, so {3} are sent.",
        "Set `delta` for publishes, or unset it there.");

    /// <summary>At most once a day. Argument: the message of the refusal, which contains no path.</summary>
    public static readonly Diagnostic RefusedStore = new("CTEL0027", DiagnosticSource.Tasks,
        "Container publishes are not stored. {0}",
        "Run the command that `containers-telemetry doctor` prints, or set `CONTAINERS_TELEMETRY_STORE` to a folder that does not exist yet.");

    public static IReadOnlyList<Diagnostic> All { get; } =
    [
        ConsentSwitch, PreviewSwitch, OptOutVariable, ConsentRequirement, StoreFolder, StoreSizeLimit, StoreRetention, EndpointUrl, InsecureEndpoint,
        Headers, ExportBudget, Certificate, Dimensions, ProjectKey, UsageParameters, Switch, ResourceAttributes, ObservationMode, SdkTask,
        RefusingEndpoint, Protocol, ClientCertificate, ForbiddenHeader, ExportTimeout, Compression, MetricsForm, RefusedStore,
    ];
}

/// <summary>A warning or an error with its own code.</summary>
public sealed class Diagnostic(string code, DiagnosticSource source, string text, string remedy)
{
    /// <summary><c>CTEL</c> and four digits. A code is never reused.</summary>
    public string Code { get; } = code;

    public DiagnosticSource Source { get; } = source;

    /// <summary>
    /// The problem of a setting, its allowed values, and the value that applies instead: a composite format. Its arguments are names,
    /// numbers and types of ours, never a value that a user has set.
    /// </summary>
    public string Text { get; } = text;

    /// <summary>The remedy, as in docs/diagnostics.md.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>Returns the text with its arguments, by invariant culture.</summary>
    public string Format(params object[] arguments) => string.Format(CultureInfo.InvariantCulture, Text, arguments);

    internal SettingProblem Problem(params object[] arguments) => new(Code, Format(arguments));
}

public enum DiagnosticSource
{
    /// <summary>A warning of the targets, whose text is a copy of ours; a test compares them.</summary>
    Targets,

    /// <summary>A warning of the tasks. The targets list its code, so that it never becomes an error.</summary>
    Tasks,

    /// <summary>An error of the tasks.</summary>
    FailedTask,
}

/// <summary>An invalid setting. It is ignored and the publish continues.</summary>
/// <param name="Code">The diagnostic code, such as <c>CTEL0008</c>; docs/diagnostics.md lists them.</param>
/// <param name="Text">The problem of a setting, its allowed values, and the value that applies instead. Never the value itself, which may be a secret.</param>
public sealed record SettingProblem(string Code, string Text);
