using System.Buffers.Binary;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>Makes the events of one publish.</summary>
internal sealed class GeneratedPublish
{
    private static readonly (DateTimeOffset Released, string Sdk, string MSBuild)[] Sdks =
    [
        (new(2024, 8, 13, 0, 0, 0, TimeSpan.Zero), "8.0.400", "17.11.2"),
        (new(2025, 5, 13, 0, 0, 0, TimeSpan.Zero), "9.0.300", "17.14.5"),
        (new(2025, 11, 11, 0, 0, 0, TimeSpan.Zero), "10.0.100", "18.0.2"),
        (new(2026, 2, 10, 0, 0, 0, TimeSpan.Zero), "10.0.200", "18.3.0"),
        (new(2026, 5, 12, 0, 0, 0, TimeSpan.Zero), "10.0.300", "18.6.1"),
        (new(2026, 9, 8, 0, 0, 0, TimeSpan.Zero), "10.0.401", "18.9.11"),
    ];

    private readonly ProjectOwner _owner;
    private readonly Project _project;
    private readonly Random _random;
    private readonly DateTimeOffset _start;
    private readonly Guid _id;
    private readonly Guid _user;

    public GeneratedPublish(ProjectOwner owner, DateTimeOffset start, Random random)
    {
        _owner = owner;
        _project = owner.Project;
        _random = random;
        _start = start;
        _id = UuidV7(start);
        _user = owner.AnonymousUserIdAt(start);
    }

    public static Guid RandomGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Makes the events, in the order in which a publish raises them.</summary>
    /// <param name="failure">The cause of the failure; null for a success.</param>
    /// <param name="isUnfinished">Whether the build is killed before the publish ends.</param>
    public IEnumerable<GeneratedEvent> Events(FailureCause? failure, bool isUnfinished)
    {
        double duration = _project.DurationMilliseconds * (0.6 + (_random.NextDouble() * _random.NextDouble() * 3));
        yield return Inference(duration * 0.1);
        if (isUnfinished)
        {
            yield break;
        }

        bool isMultiArchitecture = _project.RuntimeIdentifiers.Length > 1;
        if (failure is not null)
        {
            yield return Outcome(EventNames.Error, duration * _random.NextDouble(), "image", failure);
            yield break;
        }

        foreach (string runtimeIdentifier in _project.RuntimeIdentifiers)
        {
            yield return Outcome(EventNames.Success, duration, "image", null, runtimeIdentifier);
            duration *= 1.1;
        }

        if (isMultiArchitecture)
        {
            yield return Outcome(EventNames.Success, duration * 1.1, "index", null);
        }
    }

    private GeneratedEvent Inference(double elapsed)
    {
        var inference = new ContainerEvent(EventNames.Inference);
        inference.Set(InferenceFields.InferencePerformed, _project.IsInferred);
        inference.Set(InferenceFields.TargetFramework, _project.Framework);
        if (_project.IsMicrosoftImage)
        {
            inference.SetBaseImage(_project.BaseImage, _project.BaseImageTag);
            inference.Set(InferenceFields.ContainerFamily, _project.Family);
        }

        inference.Set(InferenceFields.ProjectType, _project.IsWeb ? "AspNetCore" : "Console");
        inference.Set(InferenceFields.PublishMode, _project.Mode);
        inference.Set(InferenceFields.IsInvariant, _project.IsInvariant);
        inference.Set(InferenceFields.TargetRuntime, _project.RuntimeIdentifiers);
        return Complete(inference, elapsed);
    }

    private GeneratedEvent Outcome(string name, double elapsed, string scope, FailureCause? failure, string? runtimeIdentifier = null)
    {
        var outcome = new ContainerEvent(name);
        outcome.Set(OutcomeFields.RemotePullType, _project.PullKind);
        outcome.Set(OutcomeFields.RemotePushType, _project.Destination.Remote);
        outcome.Set(OutcomeFields.LocalPushType, _project.Destination.Local);
        outcome.Set(DetailFields.Outcome, failure?.Kind switch { null => "success", "canceled" => "canceled", _ => "error" });
        outcome.Set(DetailFields.Scope, scope);
        outcome.Set(DetailFields.EndsPublish, failure is not null || scope == "index" || _project.RuntimeIdentifiers.Length == 1);
        if (failure is not null)
        {
            outcome.Set(OutcomeFields.Error, failure.Kind);
            outcome.Set(OutcomeFields.Direction, failure.Direction);
            outcome.Set(DetailFields.ErrorCode, failure.Code);
            outcome.Set(DetailFields.HttpStatus, failure.HttpStatus);
            outcome.Set(DetailFields.ExceptionType, failure.ExceptionType);
            if (failure.Kind == "rid_mismatch")
            {
                outcome.Set(OutcomeFields.TargetRid, "linux-s390x");
                outcome.Set(OutcomeFields.AvailableRids, ["linux-x64", "linux-arm64"]);
            }
        }
        else if (scope == "image")
        {
            outcome.Set(DetailFields.ImageRuntime, runtimeIdentifier);
            outcome.Set(DetailFields.ImageFormat, _random.Next(5) == 0 ? "OCI" : "Docker");
            outcome.Set(DetailFields.ImageSize, (long)(_project.ImageSize * (0.97 + (_random.NextDouble() * 0.06))));
            outcome.Set(DetailFields.LayerCount, _project.LayerCount);
            outcome.Set(DetailFields.TagCount, _project.TagCount);
            outcome.Set(DetailFields.LabelCount, _project.LabelCount);
            outcome.Set(DetailFields.PortCount, _project.PortCount);
            outcome.Set(DetailFields.EnvironmentVariableCount, _project.VariableCount);
        }

        return Complete(outcome, elapsed);
    }

    private GeneratedEvent Complete(ContainerEvent generated, double elapsedMilliseconds)
    {
        DateTimeOffset time = _start.AddMilliseconds(elapsedMilliseconds);
        generated.Set(DetailFields.EventId, UuidV7(time));
        generated.Set(DetailFields.PublishId, _id);
        generated.Set(DetailFields.SchemaVersion, EventSchema.Version);
        generated.Set(DetailFields.Time, time);
        generated.Set(DetailFields.Duration, (long)elapsedMilliseconds);
        generated.Set(DetailFields.FeaturesUsed, _project.FeaturesAt(_start));
        generated.Set(DetailFields.Invocation, _project.Invocation);
        generated.Set(IdentityFields.AnonymousUserId, _user);
        generated.Set(IdentityFields.ProjectId, _owner.Project.Id);
        AddSurroundings(generated, _project.Machine, time);
        generated.SetDimension("team", _project.Team);
        return new GeneratedEvent(generated, _id);
    }

    private static void AddSurroundings(ContainerEvent generated, Machine machine, DateTimeOffset time)
    {
        (_, string sdk, string msbuild) = Sdks.Last(candidate => candidate.Released + machine.UpdateDelay <= time || candidate == Sdks[0]);
        generated.Set(SurroundingsFields.PackageVersion, "0.1.0");
        generated.Set(SurroundingsFields.SdkVersion, sdk);
        generated.Set(SurroundingsFields.MSBuildVersion, msbuild);
        generated.Set(SurroundingsFields.Host, machine.Host);
        generated.Set(SurroundingsFields.NodeMode, "InProcess");
        generated.Set(SurroundingsFields.OSFamily, machine.OSFamily);
        generated.Set(SurroundingsFields.OSVersion, machine.OSVersion);
        generated.Set(SurroundingsFields.LinuxDistribution, machine.Distribution?.Name);
        generated.Set(SurroundingsFields.LinuxDistributionVersion, machine.Distribution?.Version);
        generated.Set(SurroundingsFields.Architecture, machine.Architecture);
        generated.Set(SurroundingsFields.IsWsl, machine.IsWsl);
        generated.Set(SurroundingsFields.ContainerRuntime, machine.ContainerRuntime);
        generated.Set(SurroundingsFields.CiProvider, machine.CiProvider);
        generated.Set(SurroundingsFields.AgentEnvironment, machine.Agent);
        generated.Set(SurroundingsFields.Country, machine.Country);
    }

    private Guid UuidV7(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (time.ToUnixTimeMilliseconds() << 16) | 0x7000 | (long)(BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
