namespace Containers.Telemetry.Reports.Querying;

/// <summary>Ends the reading of a part of a query that cannot be understood.</summary>
internal sealed class QueryException(QueryProblem problem) : Exception(problem.Text)
{
    public QueryException(string option, string text)
        : this(new QueryProblem(option, text, []))
    {
    }

    public QueryProblem Problem { get; } = problem;
}
