namespace Containers.Telemetry.Consent;

/// <summary>Where people read about the product.</summary>
public static class ProductPage
{
    /// <summary>The page of the package.</summary>
    public const string Url = "https://www.nuget.org/packages/Containers.Telemetry";
}
