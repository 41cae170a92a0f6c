using System.Security;
using System.Text;
using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Batches;

/// <summary>Writes a project that publishes another one several times, one after the other.</summary>
internal static class TraversalProject
{
    /// <summary>The target that publishes.</summary>
    public const string Target = "PublishAll";

    // The targets and properties of every dotnet publish.
    private const string PublishTarget = "Publish";
    private const string CommonProperties = "_IsPublishing=true;Configuration=Release;NoBuild=true";

    /// <param name="project">The project of the batch.</param>
    /// <param name="restores">Whether to restore its packages first.</param>
    /// <param name="publishes">The publishes, in order. The record identifies each by its number.</param>
    /// <param name="preparations">The address to which the project sends the number of a publish before it starts.</param>
    /// <param name="folder">A folder for the answers from that address.</param>
    public static string Render(GeneratedProject project, bool restores, IReadOnlyList<BatchedPublish> publishes, Uri preparations, string folder)
    {
        var text = new StringBuilder();
        text.Append(null, $"<Project>\n  <Target Name=\"{Target}\">\n");
        if (restores)
        {
            text.Append(null, $"    <MSBuild Projects=\"{SecurityElement.Escape(project.EntryPoint)}\" Targets=\"Restore\" />\n");
        }

        for (int number = 0; number < publishes.Count; number++)
        {
            BatchedPublish publish = publishes[number];
            IEnumerable<string> properties = publish.Properties
                .Select(property => $"{property.Key}={Escape(property.Value.Trim('"'))}")
                .Prepend($"{CommonProperties};{RecordedEvent.PublishProperty}={number}");
            text.Append(
                null, $"    <DownloadFile SourceUrl=\"{preparations}{number}\" DestinationFolder=\"{SecurityElement.Escape(folder)}\" Retries=\"0\" />\n");
            string path = SecurityElement.Escape((publish.Project ?? project).EntryPoint);
            text.Append(null, $"    <MSBuild Projects=\"{path}\" Targets=\"{PublishTarget};{publish.Target}\"");
            text.Append(null, $" Properties=\"{SecurityElement.Escape(string.Join(';', properties))}\" ContinueOnError=\"true\" />\n");
        }

        return text.Append("  </Target>\n</Project>\n").ToString();
    }

    // A semicolon needs no escape: MSBuild treats the following text as a part of the value, unless it contains an equals sign.
    private static string Escape(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("$", "%24", StringComparison.Ordinal)
        .Replace("@", "%40", StringComparison.Ordinal);
}
