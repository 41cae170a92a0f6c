using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Writes the dataset of a quarter: the existing one, else a new one, which the store then keeps.</summary>
/// <param name="data">The store, which also keeps the datasets of databases.</param>
/// <param name="of">Identifies the datasets of a database; empty for the store.</param>
internal sealed class DatasetExport(ToolContext context, UserData data, string of = "")
{
    private readonly DatasetArchive _archive = new(data.DatasetPath, of);

    public required Quarter Quarter { get; init; }

    public required PrivacyBudget Budget { get; init; }

    /// <summary>Whether a quarter that has not ended is accepted.</summary>
    public required bool IncludesUnfinished { get; init; }

    /// <summary>The file to write, as the user named it.</summary>
    public required string Output { get; init; }

    public required bool IsJson { get; init; }

    /// <summary>Writes the file, and prints a summary.</summary>
    /// <param name="make">Makes a dataset from the secret of the noise, and from whether the quarter is unfinished.</param>
    /// <returns>An exit code.</returns>
    /// <exception cref="ToolException">The quarter is not accepted, or something cannot be read or written.</exception>
    public int Run(Func<byte[], bool, DatasetDraft> make)
    {
        if (Output != OutputFile.StandardOutput)
        {
            // Refuse an unusable name before the work, not after it.
            _ = context.FullPath(Output);
        }

        bool isUnfinished = RequireBegun();
        if (WithArchive(isUnfinished, () => _archive.Find(Quarter, isUnfinished)) is { } kept)
        {
            RequireSameBudget(kept);
            Write(kept);
            context.Terminal.WriteNote("note: This dataset was made earlier. Events since then are not in it, so that nobody can compare two datasets.");
            return ExitCodes.Done;
        }

        DatasetDraft draft = make(WithArchive(isUnfinished, _archive.Secret), isUnfinished);
        ReadingNotes.Write(context.Terminal, draft.Reading);
        int exitCode = draft.Reading.IsComplete ? ExitCodes.Done : ExitCodes.No;
        if (draft.Release.Rows.Count == 0)
        {
            context.Terminal.WriteLine($"No row of {Quarter} has enough users to hide each of them, so there is no file.");
            exitCode = ExitCodes.No;
        }
        else
        {
            // Another process may have made one meanwhile.
            DatasetRelease release = WithArchive(isUnfinished, () => _archive.Keep(draft.Release));
            RequireSameBudget(release);
            Write(release);
        }

        context.Terminal.WriteNote(
            $"note: For you alone: {HumanFormat.Count(draft.AsTheyAre, "publish is", "publishes are")} in rows as they are, " +
            $"{HumanFormat.Count(draft.Generalized)} in rows that are generalised, {HumanFormat.Count(draft.Withheld)} in none, " +
            $"and {HumanFormat.Count(draft.WithoutUser)} without a user id are not counted.");
        return exitCode;
    }

    /// <summary>Whether the quarter has not ended.</summary>
    private bool RequireBegun()
    {
        DateTimeOffset now = context.Clock.GetUtcNow();
        if (now < Quarter.Period.From)
        {
            throw ToolException.Usage($"{Quarter} has not begun. Name a quarter that has ended.");
        }

        bool isUnfinished = now < Quarter.Period.To;
        if (isUnfinished && !IncludesUnfinished)
        {
            throw ToolException.Usage(
                $"{Quarter} has not ended. Wait until {HumanFormat.Day(Quarter.Period.To.UtcDateTime)}, " +
                "or pass --include-unfinished: each row then says so.");
        }

        return isUnfinished;
    }

    private void RequireSameBudget(DatasetRelease kept)
    {
        if (kept.Budget != Budget)
        {
            throw ToolException.Failure(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quarter} has a dataset of --epsilon {kept.Budget.Epsilon} --delta {kept.Budget.Delta} already, " +
                $"and a second one would reveal more. Use these values. " +
                $"If nobody has it, delete {_archive.PathOf(Quarter, kept.IsUnfinished)} first."));
        }
    }

    private T WithArchive<T>(bool isUnfinished, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (InvalidDataException)
        {
            throw ToolException.Failure(
                $"The earlier dataset in {_archive.PathOf(Quarter, isUnfinished)}, or the secret beside it, cannot be read. " +
                "If nobody has a dataset of this store, delete both.");
        }
        catch (StoreException e)
        {
            throw ToolException.Failure($"{e.What} {new StoreRemedy(data, context.Config).For(e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Failure($"The folder dataset of the store cannot be used: {e.Message.TrimEnd('.')}. Make it a folder that you may write to.");
        }
    }

    private void Write(DatasetRelease release)
    {
        if (Output == OutputFile.StandardOutput)
        {
            using Stream output = context.Terminal.OpenOut();
            WriteTo(release, output);
            Say(release, "Standard output", context.Terminal.WriteNote);
        }
        else
        {
            OutputFile.Write(context.FullPath(Output), Output, output => WriteTo(release, output));
            Say(release, Output, context.Terminal.WriteLine);
        }
    }

    private void WriteTo(DatasetRelease release, Stream output)
    {
        if (IsJson)
        {
            DatasetJson.Write(release, output);
        }
        else
        {
            ReportFormat.WriteText(output, writer => TsvRenderer.Write([release.ToTable()], writer));
        }
    }

    private static void Say(DatasetRelease release, string place, Action<string> say) => say(string.Create(
        CultureInfo.InvariantCulture,
        $"{place}: {HumanFormat.Count(release.Rows.Count, "row")} of {release.Quarter}" +
        $"{(release.IsUnfinished ? DatasetRelease.UnfinishedMark : "")}, epsilon {release.Budget.Epsilon}, delta {release.Budget.Delta}. " +
        $"The noise in a count is about {HumanFormat.Count(release.Noise)}, the least count {HumanFormat.Count(release.Threshold)}."));
}
