using System.Globalization;
using Spectre.Console;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>Shows the cost of a variant in the runtime: the code that it compiles and loads, and that is not loaded without the package.</summary>
internal static class RuntimeReport
{
    private const int TypesShown = 20;

    /// <summary>One row for each assembly.</summary>
    public static Table RenderAssemblies(Variant variant, RuntimeTrace without, RuntimeTrace with)
    {
        var table = new Table()
            .AddColumn($"Only {variant.Name}")
            .AddColumn(new TableColumn("methods compiled").RightAligned())
            .AddColumn(new TableColumn("ms").RightAligned())
            .AddColumn(new TableColumn("load ms").RightAligned());
        var methods = Added(without, with).ToLookup(m => m.Key.Assembly, m => m.Value, StringComparer.Ordinal);
        var loads = with.Loads.Where(load => !without.Loads.ContainsKey(load.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (string assembly in methods.Select(group => group.Key).Union(loads.Keys).OrderByDescending(name => methods[name].Sum()))
        {
            table.AddRow(
                Markup.Escape(assembly),
                methods[assembly].Count().ToString(CultureInfo.InvariantCulture),
                Format(methods[assembly].Sum()),
                loads.TryGetValue(assembly, out double load) ? Format(load) : "");
        }

        var all = methods.SelectMany(group => group).ToList();
        return table.AddRow("All", all.Count.ToString(CultureInfo.InvariantCulture), Format(all.Sum()), Format(loads.Values.Sum()));
    }

    /// <summary>The types that take longest to compile.</summary>
    public static Table RenderTypes(RuntimeTrace without, RuntimeTrace with)
    {
        var table = new Table()
            .AddColumn(new TableColumn("ms").RightAligned())
            .AddColumn(new TableColumn("methods").RightAligned())
            .AddColumn("Type");
        var types = Added(without, with).GroupBy(m => m.Key.Type, m => m.Value, StringComparer.Ordinal);
        foreach (var type in types.OrderByDescending(type => type.Sum()).Take(TypesShown))
        {
            table.AddRow(Format(type.Sum()), type.Count().ToString(CultureInfo.InvariantCulture), Markup.Escape(type.Key));
        }

        return table;
    }

    /// <summary>The total that is compiled without the package.</summary>
    public static string DescribeRest(RuntimeTrace without) => string.Create(
        CultureInfo.InvariantCulture, $"Without the package: {without.Methods.Count} methods compiled in {without.Methods.Values.Sum():0} ms.");

    private static IEnumerable<KeyValuePair<CompiledMethod, double>> Added(RuntimeTrace without, RuntimeTrace with) =>
        with.Methods.Where(m => !without.Methods.ContainsKey(m.Key));

    private static string Format(double milliseconds) => milliseconds.ToString("0.0", CultureInfo.InvariantCulture);
}
