using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Addresses, credentials, and the escaping of text in SQL.</summary>
[TestClass]
public sealed class AddressTests
{
    [TestMethod]
    [DataRow("clickhouse://ch.example/telemetry", "ch.example", 8123, "telemetry", false)]
    [DataRow("clickhouses://ch.example/telemetry", "ch.example", 8443, "telemetry", true)]
    [DataRow("CLICKHOUSE://[::1]:9123/t_1/", "[::1]", 9123, "t_1", false)]
    public void An_address_names_host_port_and_database(string text, string host, int port, string database, bool isEncrypted) =>
        Assert.AreEqual(new FleetAddress(host, port, database, isEncrypted), FleetAddress.Parse(text));

    [TestMethod]
    [DataRow("clickhouse://user:secret@ch.example/telemetry", "credentials")]
    [DataRow("clickhouse://ch.example", "name of a database")]
    [DataRow("clickhouse://ch.example/a/b", "name of a database")]
    [DataRow("clickhouse://ch.example/x;drop", "name of a database")]
    [DataRow("clickhouse://ch.example/x`y", "name of a database")]
    [DataRow("clickhouse://ch.example/1x", "name of a database")]
    [DataRow("clickhouse://ch.example/x?password=secret", "query")]
    [DataRow("http://ch.example/secret", "form")]
    [DataRow("clickhouse://", "form")]
    public void A_wrong_address_is_refused_without_being_repeated(string text, string reason)
    {
        FleetException refused = Assert.ThrowsExactly<FleetException>(() => FleetAddress.Parse(text));
        StringAssert.Contains(refused.Message, reason);
        Assert.DoesNotContain("secret", refused.Message);
        Assert.DoesNotContain("drop", refused.Message);
    }

    [TestMethod]
    public void Credentials_come_from_variables_or_from_a_file()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "from a file\r\nanother line");
            Assert.AreEqual(new FleetCredentials("default", ""), Read([]));
            Assert.AreEqual(new FleetCredentials("me", "p"), Read(new() { [FleetCredentials.UserVariable] = "me", [FleetCredentials.PasswordVariable] = "p" }));
            Assert.AreEqual(new FleetCredentials("default", "from a file"), Read(new() { [FleetCredentials.PasswordFileVariable] = file }));
            Assert.ThrowsExactly<FleetException>(
                () => Read(new() { [FleetCredentials.PasswordFileVariable] = file, [FleetCredentials.PasswordVariable] = "p" }));
            Assert.ThrowsExactly<FleetException>(() => Read(new() { [FleetCredentials.PasswordFileVariable] = file + ".absent" }));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void Credentials_are_never_written_as_text() => Assert.AreEqual("me", new FleetCredentials("me", "secret").ToString());

    [TestMethod]
    public void Any_text_is_written_in_hexadecimal_digits_alone() => Prop.ForAll<NonNull<string>>(static text =>
    {
        string sql = SqlText.Text(text.Get);
        return sql == "''"
            || (sql.StartsWith("unhex('", StringComparison.Ordinal) && sql.EndsWith("')", StringComparison.Ordinal) && sql[7..^2].All(char.IsAsciiHexDigit));
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void A_name_is_letters_digits_and_underscores_or_refused() => Prop.ForAll<NonNull<string>>(static text =>
    {
        try
        {
            return SqlText.Name(text.Get).Trim('`').All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
        }
        catch (ArgumentException)
        {
            return true;
        }
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("main; DROP TABLE x")]
    [DataRow("main`")]
    [DataRow("")]
    public void A_cluster_that_is_no_name_is_refused(string cluster) =>
        Assert.ThrowsExactly<ArgumentException>(() => FleetSetup.Statements("telemetry", cluster, 30));

    private static FleetCredentials Read(Dictionary<string, string> variables) => FleetCredentials.Read(name => variables.GetValueOrDefault(name));
}
