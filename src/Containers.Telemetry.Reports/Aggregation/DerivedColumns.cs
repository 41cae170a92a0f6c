using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Fills the columns of derived fields after all publishes were read, so that filters and groups treat them like all others.</summary>
internal static class DerivedColumns
{
    /// <summary>The time after a failure within which the next publish of its project counts as a retry.</summary>
    public static readonly TimeSpan LongestUntilRetry = TimeSpan.FromDays(1);

    public static void Fill(PublishStore store, DateOnly today)
    {
        foreach (TextColumn column in store.Layout.Columns.OfType<TextColumn>())
        {
            if (column.Field.Derived is DerivedField.Retried)
            {
                FillRetried(store, column);
            }
            else if (column.Field.Derived is { } derived)
            {
                Fill(store, column, derived, today);
            }
        }
    }

    // The inputs are small numbers, and few of their combinations occur.
    private static void Fill(PublishStore store, TextColumn column, DerivedField field, DateOnly today)
    {
        TextColumn[] inputs = [.. DerivedFields.InputsOf(field).Select(input => (TextColumn)store.Layout[input])];
        var combinations = new IdentifierTable();
        var numbers = new List<int>();
        for (int row = 0; row < store.Count; row++)
        {
            ulong combination = 0;
            foreach (TextColumn input in inputs)
            {
                combination = (combination << (8 * input.Width)) | (ulong)input.Read(row);
            }

            int index = combinations.Add(new Identifier(0, combination));
            if (index == numbers.Count)
            {
                string?[] texts = Array.ConvertAll(inputs, input => input.Read(row) is var text and not 0 ? input.Texts.TextOf((int)text) : null);
                string? value = DerivedFields.ValueOf(field, texts, today);
                numbers.Add(value is null ? 0 : (int)column.NumberOf(value));
            }

            column.Values[row] = numbers[index];
        }
    }

    private static void FillRetried(PublishStore store, TextColumn column)
    {
        long yes = column.NumberOf("true");
        long no = column.NumberOf("false");
        var lastFailures = new Dictionary<long, int>();
        foreach (int row in Enumerable.Range(0, store.Count)
            .Where(row => store.StateOf(row).HasEnded)
            .OrderBy(row => store.StateOf(row).Time)
            .ThenBy(row => store.StateOf(row).PublishId))
        {
            long project = store.Layout.Projects.Read(row);
            column.Values[row] = store.StateOf(row).Outcome is PublishOutcome.Failed ? no : 0;
            if (project == 0)
            {
                continue;
            }

            if (lastFailures.Remove(project, out int failure) && store.StateOf(row).Time - store.StateOf(failure).Time <= LongestUntilRetry.Ticks)
            {
                column.Values[failure] = yes;
            }

            if (store.StateOf(row).Outcome is PublishOutcome.Failed)
            {
                lastFailures[project] = row;
            }
        }
    }
}
