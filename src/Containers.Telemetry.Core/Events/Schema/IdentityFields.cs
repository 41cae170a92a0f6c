namespace Containers.Telemetry.Events.Schema;

/// <summary>The user and the project, as pseudonyms. Never put into the SDK's channel.</summary>
public static class IdentityFields
{
    public static readonly EventField AnonymousUserId = new("AnonymousUserId", FieldKind.Identifier, "A random identifier of the user, replaced every 90 days and on request.", "6f0c2d1e-8a4b-4c3d-9e2f-1a0b9c8d7e6f")
    {
        Attribute = "enduser.pseudo.id",
    };

    public static readonly EventField ProjectId = new("ProjectId", FieldKind.KeyedHash, "A keyed hash of the project; without the key it cannot be found by trying names.", "5f2b8c0d9e1a4736b8c0d9e1a47365f2")
    {
        Attribute = AttributeNames.Prefix + "project.id",
    };

    public static readonly EventField[] All = [AnonymousUserId, ProjectId];
}
