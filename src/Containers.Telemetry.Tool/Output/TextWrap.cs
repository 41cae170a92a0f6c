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
}
