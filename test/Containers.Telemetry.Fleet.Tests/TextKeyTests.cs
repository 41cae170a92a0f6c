using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Reports;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>The numeric key of a combination of texts.</summary>
[TestClass]
public sealed class TextKeyTests
{
    [TestMethod]
    public async Task The_same_texts_in_other_columns_have_another_number()
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();
        string[] columns = [.. Enumerable.Range(0, 12).Select(static number => $"Flag{number}")];
        IEnumerable<string> flags = columns.Select(static (column, i) => $"if(bitAnd(number, {1 << i}) = 0, 'false', 'true') AS {column}");

        object?[] counted = connection.Query(
            $"SELECT toInt64(uniqExact({TextKey.Of(columns)})) FROM (SELECT {string.Join(", ", flags)} FROM numbers(4096))")[0];

        Assert.AreEqual(4096L, counted[0]);
    }
}
