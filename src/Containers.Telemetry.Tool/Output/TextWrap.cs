namespace Containers.Telemetry.Tool.Output;

/// <summary>Text in lines of a given width.</summary>
internal static class TextWrap
{
    /// <summary>Breaks a text at spaces. A word longer than a line, such as a path, stays whole.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        int start = 0;
        while (text.Length - start > width)
        {
            int end = text.LastIndexOf(' ', start + width, width + 1);
            if (end <= start)
            {
                end = text.IndexOf(' ', start);
                if (end < 0)
                {
                    break;
                }
            }

            yield return text[start..end];
            start = end + 1;
        }

        yield return text[start..];
    }

    /// <summary>
    /// Breaks a name that has no spaces after its separators, as in <c>mcr.microsoft.com/dotnet/aspnet</c>. A part longer than a line stays whole.
    /// </summary>
    public static IEnumerable<string> NameLines(string name, int width)
    {
        int start = 0;
        int end = 0;
        foreach (int next in Breaks(name))
        {
            if (next - start > width && end > start)
            {
                yield return name[start..end];
                start = end;
            }

            end = next;
        }

        yield return name[start..];
    }

    /// <summary>The length of the longest part of a name: the minimum width of a line.</summary>
    public static int LongestPart(string name)
    {
        int start = 0;
        int longest = 0;
        foreach (int next in Breaks(name))
        {
            longest = Math.Max(longest, next - start);
            start = next;
        }

        return longest;
    }

    private static IEnumerable<int> Breaks(string name)
    {
        for (int i = 1; i < name.Length; i++)
        {
            // A date or a time stays whole.
            if (name[i - 1] is '/' or '_' or '.' or ',' or ' ' || (name[i - 1] is '-' or ':' && !char.IsAsciiDigit(name[i])))
            {
                yield return i;
            }
        }

        yield return name.Length;
    }

    /// <summary>Puts several items into lines, two spaces apart. An item is broken only where it is longer than a line.</summary>
    public static IEnumerable<string> Items(IEnumerable<string> items, int width)
    {
        const string Gap = "  ";
        string line = "";
        foreach (string item in items)
        {
            if (line.Length > 0 && line.Length + Gap.Length + item.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? item : line + Gap + item;
            if (line.Length > width)
            {
                string[] parts = [.. Lines(line, width)];
                foreach (string part in parts.SkipLast(1))
                {
                    yield return part;
                }

                line = parts[^1];
            }
        }

        yield return line;
    }
}
