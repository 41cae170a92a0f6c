using System.Globalization;
using Containers.Telemetry;
using Containers.Telemetry.Store;

// A process that appends to a log, for the tests to run many of, and to kill.
//   append FOLDER WRITER COUNT BYTES   appends numbered lines of so many bytes, and says each number once it is appended
//   hold FILE                          has the file open for itself until its input ends
switch (args)
{
    case ["append", var folder, var writer, var count, var bytes]:
        Append(folder, Number(writer), Number(count), Number(bytes));
        return 0;
    case ["hold", var file]:
        using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Console.WriteLine("ready");
            Console.In.ReadToEnd();
        }

        return 0;
    default:
        Console.Error.WriteLine("append FOLDER WRITER COUNT BYTES | hold FILE");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static void Append(string folder, int writer, int count, int bytes)
{
    // Nothing may be dropped while it is counted.
    var log = new SegmentedLog(folder, new SegmentedLogLimits { MaxBytes = 16L << 30 });

    // All writers begin when all have started, so that they do meet.
    Console.WriteLine("ready");
    Console.In.ReadLine();

    using Stream output = Console.OpenStandardOutput();
    for (int number = 0; number < count; number++)
    {
        log.Append(NumberedLine.Create(writer, number, bytes));

        // One write, so that a kill does not cut a number in two.
        output.Write(System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture) + "\n"));
    }
}
