using System.Net;
using Containers.Telemetry.Hashing;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes a report as one self-contained HTML page: it includes style, scripts and data, and its Content-Security-Policy lets it load nothing else.
/// The page draws the figures of <see cref="JsonRenderer"/>.
/// </summary>
public static class HtmlRenderer
{
    private const string SourceMapComment = "//# sourceMappingURL=";

    /// <summary>The parts of the page's script, each of which may use those before it.</summary>
    private static readonly string[] Scripts = ["format.js", "rows.js", "sections.js", "charts.js", "cards.js", "page.js"];

    public static void Write(ReportResult report, Stream output)
    {
        string style = Resource("report.css");
        string chart = Resource("chart.js");
        int sourceMap = chart.LastIndexOf(SourceMapComment, StringComparison.Ordinal);
        chart = sourceMap < 0 ? chart : chart[..sourceMap];
        string script = string.Concat(Scripts.Select(Resource));
        string policy =
            $"default-src 'none'; style-src {Hash(style)}; script-src {Hash(chart)} {Hash(script)}; img-src data:; base-uri 'none'; form-action 'none'";

        string template = Resource("report.html");
        int position = 0;
        while (template.IndexOf("{{", position, StringComparison.Ordinal) is var start and >= 0)
        {
            int end = template.IndexOf("}}", start, StringComparison.Ordinal);
            Put(template[position..start]);
            switch (template[(start + 2)..end])
            {
                case "title":
                    Put(WebUtility.HtmlEncode(HarmlessText.Line(report.Title)));
                    break;
                case "policy":
                    Put(policy);
                    break;
                case "style":
                    Put(style);
                    break;
                case "chart":
                    Put(chart);
                    break;
                case "script":
                    Put(script);
                    break;
                case "report":
                    JsonRenderer.Write(report, output);
                    break;
                case "rows":
                    RowsJson.Write(report.Rows, output);
                    break;
                case { } unknown:
                    throw new InvalidOperationException($"The page has no part called {unknown}.");
            }

            position = end + 2;
        }

        Put(template[position..]);

        void Put(string text) => output.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(Convert.FromHexString(Sha256.HexOf(Encoding.UTF8.GetBytes(text))))}'";

    /// <summary>Browsers normalize line ends to line feeds before they compare hashes.</summary>
    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlRenderer).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
