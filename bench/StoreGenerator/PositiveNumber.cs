using System.Globalization;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>A positive number in the arguments of a program.</summary>
internal static class PositiveNumber
{
    /// <summary>Reads the argument at an index: a whole number above zero in decimal digits; null if it is not one.</summary>
    public static int? At(int index, string[] arguments) =>
        index < arguments.Length && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;
}
