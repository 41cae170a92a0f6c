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
