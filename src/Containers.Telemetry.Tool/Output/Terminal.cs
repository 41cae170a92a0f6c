using Containers.Telemetry.Output;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Tool.Output;

/// <summary>The three standard streams, and their abilities.</summary>
/// <param name="openError">Opens the destination of errors and notes, when there is one.</param>
internal sealed class Terminal(TextReader input, TextWriter output, Func<TextWriter> openError)
{
    private const int WidthWithoutTerminal = 120;
    private const int NarrowestWidth = 20;

    // Halves of surrogate pairs mark where a tone begins and ends: text from a file or a stream never has an unpaired one.
    private const char ToneStart = '\uDC00';
    private const char ToneEnd = '\uDC0F';

    // Filling a string is compiled in each process; nearly all margins are substrings of this one.
    private const string SomeSpaces = "                                                                                ";

    private TextWriter? _error;

    /// <summary>The destination of results that need no escaping, such as JSON. Everything else goes through the methods.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Whether input and output are an interactive terminal, so that a user can answer a question.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether results may have colours and a progress bar may move.</summary>
    public bool UsesEscapes { get; init; }

    /// <summary>Returns whether the program that reads the results has ended.</summary>
    public Func<bool> IsReaderGone { get; init; } = static () => false;

    /// <summary>Opens the standard input, for a command that reads bytes from it.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    public int Width { get; init; } = WidthWithoutTerminal;

    private TextWriter Error => _error ??= openError();

    /// <summary>The terminal of this process. Redirection, <c>NO_COLOR</c>, <c>TERM=dumb</c> and <c>COLUMNS</c> are respected.</summary>
    public static Terminal OfThisProcess(IMachineEnvironment machine)
    {
        bool isOutputTerminal = !Console.IsOutputRedirected;
        bool isDumb = machine.GetVariable("TERM") == "dumb";
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows() && isOutputTerminal)
        {
            Console.OutputEncoding = encoding;
        }

        var output = new StreamWriter(new ResultStream(Console.OpenStandardOutput()), encoding) { AutoFlush = false };

        // The stream locks Console.Out while it writes. Creating one takes the framework longer than all output.
        Console.SetOut(output);
        return new Terminal(
            TextReader.Synchronized(new LazyInput()),
            output,
            () => new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true })
        {
            IsInteractive = isOutputTerminal && !Console.IsInputRedirected,
            IsReaderGone = OutputReader.IsGone,
            UsesEscapes = isOutputTerminal && !isDumb && string.IsNullOrEmpty(machine.GetVariable("NO_COLOR")),
            Width = Columns(machine, isOutputTerminal),
        };
    }

    /// <summary>Opens <see cref="Out"/> for a result that is written as UTF-8.</summary>
    public Stream OpenOut() => new TextStream(Out);

    /// <summary>Writes part of a line.</summary>
    public void Write(string text)
    {
        int start = 0;
        for (int i = 0; UsesEscapes && i < text.Length; i++)
        {
            if (IsToneMark(text, i))
            {
                Out.Write(HarmlessText.Line(text[start..i]));
                Out.Write(CodeOf(text[i]));
                start = i + 1;
            }
        }

        Out.Write(HarmlessText.Line(text[start..]));
    }

    /// <summary>The same terminal with another destination for results.</summary>
    public Terminal WithOutput(TextWriter other) => new(input, other, openError)
    {
        IsInteractive = IsInteractive,
        UsesEscapes = UsesEscapes,
        Width = Width,
    };

    public void WriteLine(string text = "")
    {
        Write(text);
        Out.WriteLine();
    }

    /// <summary>Writes a text, wrapped.</summary>
    public void WriteParagraph(string text, Tone tone = Tone.Plain)
    {
        foreach (string line in TextWrap.Lines(text, Width))
        {
            WriteLine(Toned(line, tone));
        }
    }

    public static string Spaces(int count) => count <= SomeSpaces.Length ? SomeSpaces[..Math.Max(0, count)] : new string(' ', count);

    /// <summary>Writes an error in one line.</summary>
    public void WriteError(string message)
    {
        Error.Write("error: ");
        Error.WriteLine(HarmlessText.Line(message.ReplaceLineEndings(" ")));
    }

    /// <summary>Writes a note about the work, which is not part of the result.</summary>
    public void WriteNote(string message)
    {
        Out.Flush();
        Error.WriteLine(HarmlessText.Line(message));
    }

    /// <summary>Asks a question on the same line as its answer. Only where <see cref="IsInteractive"/>.</summary>
    /// <returns>The answer, or null at the end of the input.</returns>
    public string? Ask(string question)
    {
        Write(question);
        Out.Write(' ');
        Out.Flush();
        string? answer = input.ReadLine();
        if (answer is null)
        {
            // The end of the input ends no line.
            Out.WriteLine();
        }

        return answer;
    }

    /// <summary>Asks a yes/no question, again after any other answer. Enter alone means no. Only where <see cref="IsInteractive"/>.</summary>
    /// <returns>The answer, or null at the end of the input.</returns>
    public bool? Confirm(string question)
    {
        while (true)
        {
            switch (Ask(question + " [y/N]")?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return true;
                case "n" or "no" or "":
                    return false;
                case null:
                    return null;
            }
        }
    }

    /// <summary>Returns the text in a color, if there are colors. Only the methods of this class can write it.</summary>
    public string Toned(string text, Tone tone)
    {
        string line = HarmlessText.Line(text);
        return UsesEscapes && tone is not Tone.Plain ? $"{(char)(ToneStart + (int)tone)}{line}{ToneEnd}" : line;
    }

    public void Flush() => Out.Flush();

    private static bool IsToneMark(string text, int index) =>
        text[index] is >= ToneStart and <= ToneEnd && (index == 0 || !char.IsHighSurrogate(text[index - 1]));

    private static string CodeOf(char mark) => (Tone)(mark - ToneStart) switch
    {
        Tone.Strong => "\e[1m",
        Tone.Faint => "\e[2m",
        Tone.Good => "\e[32m",
        Tone.Warning => "\e[33m",
        Tone.Bad => "\e[31m",
        _ => "\e[0m",
    };

    private static int Columns(IMachineEnvironment machine, bool isOutputTerminal) =>
        int.TryParse(machine.GetVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0
            ? Math.Max(columns, NarrowestWidth)
        : isOutputTerminal && Console.WindowWidth is > 0 and int width ? Math.Max(width, NarrowestWidth)
        : WidthWithoutTerminal;

    // Console.In sets up the terminal for input, which commands without questions do not need.
    private sealed class LazyInput : TextReader
    {
        public override string? ReadLine() => Console.In.ReadLine();
    }
}

/// <summary>The tone of a text. A terminal may show it by a colour; the text never depends on that.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}
