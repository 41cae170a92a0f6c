using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Hashing;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Core.Tests.Hashing;

/// <summary>The tool's hash of a targets file must equal the hash that MSBuild computes in a build.</summary>
[TestClass]
public sealed class Sha256Tests
{
    private const int BlockBytes = 64;

    [TestMethod]
    [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void HexOf_AnExampleOfTheStandard_IsItsHash(string text, string expected) =>
        Assert.AreEqual(expected, Sha256.HexOf(Encoding.ASCII.GetBytes(text)));

    [TestMethod]
    public void HexOf_EachLengthAroundABlock_IsTheHashOfTheFramework()
    {
        for (int length = 0; length <= 3 * BlockBytes; length++)
        {
            IsTheHashOfTheFramework([.. Enumerable.Range(0, length).Select(value => (byte)value)]);
        }
    }

    [TestMethod]
    public void HexOf_AnyBytes_IsTheHashOfTheFramework() => Prop.ForAll<byte[]>(IsTheHashOfTheFramework).QuickCheckThrowOnFailure();

    private static void IsTheHashOfTheFramework(byte[] data) =>
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(data)), Sha256.HexOf(data));
}
