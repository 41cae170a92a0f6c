namespace Containers.Telemetry.Classification;

/// <summary>How each <see cref="RegistryProduct"/> is written.</summary>
public static class RegistryProductNames
{
    /// <summary>The names in the order of <see cref="RegistryProduct"/>.</summary>
    public static readonly string[] All = Enum.GetNames<RegistryProduct>();

    /// <summary>Returns the name of a product.</summary>
    public static string Of(RegistryProduct product) => All[(int)product];
}
