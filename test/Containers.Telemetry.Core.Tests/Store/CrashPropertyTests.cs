using System.Globalization;
using Containers.Telemetry.Store;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Core.Tests.Store;

[TestClass]
public sealed class CrashPropertyTests
{
    private enum StepKind
    {
        Append,
        Crash,
        MoveClock,
    }

    [TestMethod]
    public void AnySequenceOfAppendsAndCrashes_ReadsAsEveryLineThatWasAppended()
    {
        Gen<Step[]> steps = Gen.ArrayOf(
            from kind in Gen.Elements(StepKind.Append, StepKind.Append, StepKind.Crash, StepKind.Crash, StepKind.MoveClock)
            from size in Gen.Choose(0, 200)
            select new Step(kind, size));

        Prop.ForAll(steps.ToArbitrary(), Holds).QuickCheckThrowOnFailure();
    }

    private static bool Holds(Step[] steps)
    {
        using var folder = new LogFolder();
        var run = new Run(folder);
        foreach (Step step in steps)
        {
            run.Do(step);
        }

        (List<string> lines, long torn, long tooLong) = folder.Read();
        return lines.SequenceEqual(run.Appended) && torn == run.Torn && tooLong == 0;
    }

    private sealed record Step(StepKind Kind, int Size);

    /// <summary>Runs the steps, and records the lines that a reader must find.</summary>
    private sealed class Run(LogFolder folder)
    {
        private readonly ManualClock _clock = new(new DateTime(2026, 11, 21));
        private int _next;
        private bool _endsTorn;

        public List<string> Appended { get; } = [];

        public int Torn { get; private set; }

        public void Do(Step step)
        {
            // Segment names are never reused, so the newest segment shows whether the writer still appends to the torn tail.
            string line = (_next++).ToString(CultureInfo.InvariantCulture) + new string('x', step.Size);
            switch (step.Kind)
            {
                case StepKind.Append:
                    folder.Open(_clock).AppendLines(line);
                    Appended.Add(line);
                    _endsTorn = false;
                    break;
                case StepKind.Crash:
                    Crash(line, step.Size);
                    break;
                default:
                    // Moves the clock by up to a hundred hours in either direction, which is less than the retention.
                    _clock.Now = _clock.Now.AddHours(step.Size - 100);
                    break;
            }
        }

        // A killed writer leaves any part of its line except the complete line.
        private void Crash(string line, int kept)
        {
            Segment? before = Newest;
            folder.Open(_clock).AppendLines(line);
            Segment after = Newest!;
            bool isSame = before?.Path == after.Path;
            long start = isSame ? before!.Length : 0;
            long end = Math.Min(start + kept, after.Length - 1);
            using (FileStream file = File.OpenWrite(after.Path))
            {
                file.SetLength(end);
            }

            // The writer first completes the torn line before its own, with two bytes.
            long ending = isSame && _endsTorn ? 2 : 0;
            if (end - start > ending)
            {
                Torn++;
                _endsTorn = true;
            }
            else if (end - start == ending)
            {
                _endsTorn = false;
            }
        }

        private Segment? Newest => folder.Segments.Count > 0 ? folder.Segments[^1] : null;
    }
}
