namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The ways to add a package to a project.</summary>
public enum PackageStyle
{
    /// <summary>The project does not have the package.</summary>
    None,

    /// <summary>A <c>PackageReference</c> with <c>PrivateAssets="all"</c>.</summary>
    Direct,

    /// <summary>A plain <c>PackageReference</c> in a library that the project references.</summary>
    Transitive,

    /// <summary>A <c>GlobalPackageReference</c> in a repository that manages versions centrally.</summary>
    Global,
}
