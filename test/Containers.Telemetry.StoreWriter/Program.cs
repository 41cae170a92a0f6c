using System.Globalization;
using Containers.Telemetry;
using Containers.Telemetry.Store;

// Uses a log in a child process, which tests run in large numbers and kill.
//   append FOLDER WRITER COUNT BYTES   appends numbered lines of BYTES bytes, and prints each number after it was appended
//   delete FOLDER WRITER               deletes the lines of a writer again and again until it is killed, and prints the number of each round
//   hold FILE                          opens the file exclusively until its input ends
switch (args)
{
    case ["append", var folder, var writer, var count, var bytes]:
        Append(folder, Number(writer), Number(count), Number(bytes));
        return 0;
    case ["delete", var folder, var writer]:
        Delete(folder, Number(writer));
        return 0;
    case ["hold", var file]:
        using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Console.WriteLine("ready");
            Console.In.ReadToEnd();
        }

        return 0;
    default:
        Console.Error.WriteLine("append FOLDER WRITER COUNT BYTES | delete FOLDER WRITER | hold FILE");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static void Append(string folder, int writer, int count, int bytes)
{
    // The size limit must not drop lines that the test counts.
    var log = new SegmentedLog(folder, new SegmentedLogLimits { MaxBytes = 16L << 30 });

    using Stream output = BeginTogether();
    for (int number = 0; number < count; number++)
    {
        log.Append(NumberedLine.Create(writer, number, bytes));
        Say(output, number);
    }
}

static void Delete(string folder, int writer)
{
    var log = new SegmentedLog(folder, new SegmentedLogLimits());
    using Stream output = BeginTogether();
    for (int round = 0; ; round++)
    {
        foreach (Segment segment in Segment.List(folder))
        {
            log.DeleteLines(segment, line => NumberedLine.Parse(line).Writer == writer);
        }

        Say(output, round);
    }
}

// All processes start to write together, after all have been started.
static Stream BeginTogether()
{
    Console.WriteLine("ready");
    Console.In.ReadLine();
    return Console.OpenStandardOutput();
}

// Written in one call, so that a kill does not cut a number.
static void Say(Stream output, int number) => output.Write(System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture) + "\n"));
