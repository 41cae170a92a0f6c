using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Output;

/// <summary>Generates texts that do harm when they are shown unchanged in a terminal, a spreadsheet, a page or a log.</summary>
internal static class HostileTexts
{
    private static readonly string[] Parts =
    [
        "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-1", "\uFF1D1", "\"", "'", ";", ",", "|", "\t", " ",
        "\e]0;title\a", "\e[2J", "\e[31m", "\u009B31m", "\0", "\a", "\b", "\x7F", "\r", "\n", "\r\n", "\u0085", "\u2028", "\u2029",
        "\u202E", "\u2066", "\u200B", "\uFEFF", "\u00AD", "\U000E0041", "\uD800", "\uDC01", "\uDC0F",
        "<script>", "</script>", "<!--", "-->", "]]>", "&lt;", "`", "[x](http://example.test)", "![i](x)", "_a_", "**a**", "~~a~~", "$a$", "\\", "#",
        "plain", "linux-x64", "caf\u00E9", "\U0001F600", "\u200D",
    ];

    public static readonly Arbitrary<string> Any = Gen.Elements(Parts).Or(ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? ""))
        .ListOf().Select(static parts => string.Concat(parts)).ToArbitrary();
}
