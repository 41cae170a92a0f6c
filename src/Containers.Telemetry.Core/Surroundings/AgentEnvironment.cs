namespace Containers.Telemetry.Surroundings;

/// <summary>The coding agent that runs the publish, or whose terminal it runs in.</summary>
public enum AgentEnvironment
{
    /// <summary>No agent, as far as can be seen.</summary>
    None,

    /// <summary>An agent that says it is one, and is not in this list.</summary>
    Unnamed,

    Aider,
    Amp,
    Antigravity,
    Augment,
    ClaudeCode,
    ClaudeCowork,
    Cline,
    Codex,

    /// <summary>GitHub Copilot's desktop application.</summary>
    CopilotApp,

    /// <summary>GitHub Copilot's command line.</summary>
    CopilotCli,

    /// <summary>GitHub Copilot's agent mode in Visual Studio Code.</summary>
    CopilotVSCode,

    Cursor,
    Droid,
    GeminiCli,
    Goose,
    Kimi,
    OpenCode,
    OpenHands,
    Plandex,
    QwenCode,
    Replit,
    RooCode,
    Windsurf,
    Zed,
}
