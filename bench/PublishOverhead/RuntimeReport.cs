using System.Globalization;
using Spectre.Console;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>Shows where the milliseconds of the package go.</summary>
internal static class RuntimeReport
{
    private const string OurPrefix = "Containers.Telemetry";
    private const int MethodsShown = 25;

    /// <summary>Methods compiled and assemblies loaded with and without the package, by assembly, where they differ.</summary>
    public static Table RenderAssemblies(RuntimeTrace without, RuntimeTrace with)
    {
        var table = new Table()
            .AddColumn("Assembly")
            .AddColumn(new TableColumn("methods compiled").RightAligned())
            .AddColumn(new TableColumn("ms").RightAligned())
            .AddColumn(new TableColumn("load ms").RightAligned());
        var before = Summarize(without);
        var after = Summarize(with);
        foreach (var (name, own) in after.OrderByDescending(pair => pair.Key.StartsWith(OurPrefix, StringComparison.Ordinal)).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var other = before.GetValueOrDefault(name);
            if (own.Methods != other.Methods || own.Loads != other.Loads)
            {
                table.AddRow(name, Difference(own.Methods, other.Methods, "0"), Difference(own.Compile, other.Compile, "0.0"), Difference(own.Load, other.Load, "0.0"));
            }
        }

        return table.AddRow(
            "All",
            Difference(after.Values.Sum(s => s.Methods), before.Values.Sum(s => s.Methods), "0"),
            Difference(after.Values.Sum(s => s.Compile), before.Values.Sum(s => s.Compile), "0.0"),
            Difference(after.Values.Sum(s => s.Load), before.Values.Sum(s => s.Load), "0.0"));
    }

    /// <summary>The methods that take longest to compile and are not compiled without the package.</summary>
    public static Table RenderMethods(RuntimeTrace without, RuntimeTrace with)
    {
        var known = without.Methods.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var table = new Table().AddColumn(new TableColumn("ms").RightAligned()).AddColumn("Method compiled for the package alone");
        foreach (var method in with.Methods.Where(m => !known.Contains(m.Name)).OrderByDescending(m => m.Milliseconds).Take(MethodsShown))
        {
            table.AddRow(Format(method.Milliseconds, "0.0"), Markup.Escape(method.Name));
        }

        return table;
    }

    private static Dictionary<string, Summary> Summarize(RuntimeTrace trace)
    {
        var summaries = trace.Methods
            .GroupBy(m => m.Assembly, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Summary(group.Count(), group.Sum(m => m.Milliseconds), 0, 0), StringComparer.Ordinal);
        foreach (var load in trace.Loads)
        {
            var summary = summaries.GetValueOrDefault(load.Name);
            summaries[load.Name] = summary with { Loads = summary.Loads + 1, Load = summary.Load + load.Milliseconds };
        }

        return summaries;
    }

    private static string Difference(double with, double without, string format) =>
        with == without ? Format(with, format) : $"{Format(without, format)} + {Format(with - without, format)}";

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private readonly record struct Summary(int Methods, double Compile, int Loads, double Load);
}
