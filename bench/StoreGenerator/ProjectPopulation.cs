namespace Containers.Telemetry.StoreGenerator;

/// <summary>A project and its user.</summary>
internal sealed class ProjectOwner(Project project, Guid anonymousUserId)
{
    private static readonly TimeSpan Rotation = TimeSpan.FromDays(90);

    public Project Project { get; } = project;

    /// <summary>Returns the pseudonym at a moment. It changes every 90 days.</summary>
    public Guid AnonymousUserIdAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        anonymousUserId.TryWriteBytes(bytes);
        bytes[0] ^= (byte)(time.UtcTicks / Rotation.Ticks);
        return new Guid(bytes);
    }
}

/// <summary>The projects, a few of which are published far more often than the others.</summary>
internal sealed class ProjectPopulation
{
    private const int PublishesPerProject = 40;
    private readonly ProjectOwner[] _projects;

    public ProjectPopulation(int publishes, Random random, bool isPlain)
    {
        _projects = new ProjectOwner[Math.Max(5, publishes / PublishesPerProject)];
        var user = Guid.Empty;
        for (int i = 0; i < _projects.Length; i++)
        {
            // Two of three projects have another user than the one before.
            if (i == 0 || random.Next(3) > 0)
            {
                user = GeneratedPublish.RandomGuid(random);
            }

            _projects[i] = new ProjectOwner(new Project(random, isCi: random.Next(100) < 55, isPlain), user);
        }
    }

    public ProjectOwner Next(Random random)
    {
        double at = random.NextDouble();
        return _projects[(int)(at * at * _projects.Length)];
    }
}
