using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Classification;

/// <summary>Generates texts that differ little from accepted values, to find checks that accept too much.</summary>
internal static class Mutations
{
    private static readonly string[] Insertions =
    [
        "a", "Z", "0", "9", ".", "-", "_", "/", ":", "@", " ", "\n", "\0", "é", "\u212A", "..", "--",
        "evil", "-payments", ".evil.example", "12345", "1234567890123456", "mcr.microsoft.com",
    ];

    /// <summary>Arbitrary text, and the seeds with zero to three edits: an insertion, a deletion, or a part of another seed.</summary>
    public static Arbitrary<string> Of(params string[] seeds)
    {
        Gen<string> fragment = Gen.OneOf(Gen.Elements(Insertions), Gen.Elements(seeds.SelectMany(seed => seed.Split('-')).Distinct()));
        Gen<Func<string, string>> edit =
            from position in Gen.Choose(0, 1000)
            from deleted in Gen.Choose(0, 3)
            from inserted in Gen.OneOf(Gen.Constant(""), fragment)
            select (Func<string, string>)(text => Edit(text, position % (text.Length + 1), deleted, inserted));
        Gen<string> mutated =
            from seed in Gen.Elements(seeds)
            from count in Gen.Choose(0, 3)
            from edits in edit.ListOf(count)
            select edits.Aggregate(seed, (text, apply) => apply(text));
        return Gen.Frequency((4, mutated), (1, AnyText)).ToArbitrary();
    }

    public static Gen<string> AnyText => ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? "");

    private static string Edit(string text, int position, int deleted, string inserted) =>
        string.Concat(text.AsSpan(0, position), inserted, text.AsSpan(Math.Min(text.Length, position + deleted)));
}
