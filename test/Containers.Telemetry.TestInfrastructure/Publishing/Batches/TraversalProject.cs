using System.Security;
using System.Text;
using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>Writes a project that publishes another one several times, in turn.</summary>
internal static class TraversalProject
{
    /// <summary>The target that publishes.</summary>
    public const string Target = "PublishAll";

    // What dotnet publish runs and sets, whatever else it is told.
    private const string PublishTarget = "Publish";
    private const string CommonProperties = "_IsPublishing=true;Configuration=Release;NoBuild=true";

    /// <param name="project">Full path of the project that is published.</param>
    /// <param name="restores">Whether its packages are restored first.</param>
    /// <param name="publishes">The publishes, in order; the number of each names it in the record.</param>
    /// <param name="preparations">The address that is asked for the number of a publish before it begins.</param>
    /// <param name="folder">A folder for what that address answers.</param>
    public static string Render(string project, bool restores, IReadOnlyList<BatchedPublish> publishes, Uri preparations, string folder)
    {
        var text = new StringBuilder();
        text.Append(null, $"<Project>\n  <Target Name=\"{Target}\">\n");
        if (restores)
        {
            text.Append(null, $"    <MSBuild Projects=\"{SecurityElement.Escape(project)}\" Targets=\"Restore\" />\n");
        }

        for (int number = 0; number < publishes.Count; number++)
        {
            BatchedPublish publish = publishes[number];
            IEnumerable<string> properties = publish.Properties
                .Select(property => $"{property.Key}={Escape(property.Value.Trim('"'))}")
                .Prepend($"{CommonProperties};{RecordedEvent.PublishProperty}={number}");
            text.Append(null, $"    <DownloadFile SourceUrl=\"{preparations}{number}\" DestinationFolder=\"{SecurityElement.Escape(folder)}\" Retries=\"0\" />\n");
            text.Append(null, $"    <MSBuild Projects=\"{SecurityElement.Escape(project)}\" Targets=\"{PublishTarget};{publish.Target}\" Properties=\"{SecurityElement.Escape(string.Join(';', properties))}\" ContinueOnError=\"true\" />\n");
        }

        return text.Append("  </Target>\n</Project>\n").ToString();
    }

    // A semicolon stays: MSBuild takes what follows for more of the value, as long as it has no equals sign.
    private static string Escape(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("$", "%24", StringComparison.Ordinal)
        .Replace("@", "%40", StringComparison.Ordinal);
}
