using System.CommandLine.Completions;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Tool.Completion;

/// <summary>The beginnings of filters: <c>FIELD=</c>, and <c>FIELD=VALUE</c> for fields with a list of values.</summary>
internal static class FilterCompletion
{
    public static IEnumerable<CompletionItem> All => ReportField.All
        .Where(static one => one.CanGroup)
        .SelectMany(static one => one.AllowedValues.Select(value => $"{one.Name}={value}").Prepend(one.Name + "="))
        .Select(static text => new CompletionItem(text));
}
