using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>Detects the coding agent by the variables that it sets for the commands it runs, or that configure it.</summary>
internal static class AgentDetector
{
    /// <summary>In order: an agent's variables come before those of the editor or host whose terminal it may run in.</summary>
    internal static readonly VariableRule<AgentEnvironment>[] Rules =
    [
        // Set together with the variables of Claude Code.
        new(AgentEnvironment.ClaudeCowork, Flag("CLAUDE_CODE_IS_COWORK")),
        new(AgentEnvironment.ClaudeCode, Flag("CLAUDECODE")),
        new(AgentEnvironment.ClaudeCode, Flag("CLAUDE_CODE")),
        new(AgentEnvironment.ClaudeCode, Set("CLAUDE_CODE_ENTRYPOINT")),
        new(AgentEnvironment.GeminiCli, Flag("GEMINI_CLI")),
        new(AgentEnvironment.CopilotApp, Value("AI_AGENT", "github_copilot_app_agent")),
        new(AgentEnvironment.CopilotVSCode, Value("AI_AGENT", "github_copilot_vscode_agent")),
        new(AgentEnvironment.CopilotVSCode, Flag("COPILOT_AGENT")),
        new(AgentEnvironment.CopilotCli, Flag("GITHUB_COPILOT_CLI_MODE")),
        new(AgentEnvironment.CopilotCli, Set("GH_COPILOT_WORKING_DIRECTORY")),
        new(AgentEnvironment.CopilotCli, Flag("COPILOT_CLI")),
        new(AgentEnvironment.Codex, Set("CODEX_CLI")),
        new(AgentEnvironment.Codex, Set("CODEX_SANDBOX")),
        new(AgentEnvironment.Codex, Flag("CODEX_CI")),
        new(AgentEnvironment.Codex, Set("CODEX_THREAD_ID")),
        new(AgentEnvironment.Aider, Value("OR_APP_NAME", "Aider")),
        new(AgentEnvironment.Plandex, Value("OR_APP_NAME", "plandex")),
        new(AgentEnvironment.OpenHands, Value("OR_APP_NAME", "OpenHands")),
        new(AgentEnvironment.QwenCode, Flag("QWEN_CODE")),
        new(AgentEnvironment.Droid, Flag("DROID_CLI")),
        new(AgentEnvironment.OpenCode, Set("OPENCODE_AI")),
        new(AgentEnvironment.Kimi, Flag("KIMI_CLI")),
        new(AgentEnvironment.Goose, Flag("GOOSE_TERMINAL")),
        new(AgentEnvironment.Cline, Set("CLINE_TASK_ID")),
        new(AgentEnvironment.RooCode, Set("ROO_CODE_TASK_ID")),
        new(AgentEnvironment.Augment, Flag("AUGMENT_AGENT")),
        new(AgentEnvironment.Antigravity, Flag("ANTIGRAVITY_AGENT")),
        new(AgentEnvironment.Cursor, Flag("CURSOR_AGENT")),
        new(AgentEnvironment.Cursor, Set("CURSOR_EDITOR")),
        new(AgentEnvironment.Cursor, Set("CURSOR_AI")),
        new(AgentEnvironment.Cursor, Set("CURSOR_TRACE_ID")),
        new(AgentEnvironment.Windsurf, Set("WINDSURF_SESSION")),
        new(AgentEnvironment.Zed, Set("ZED_ENVIRONMENT")),
        new(AgentEnvironment.Zed, Flag("ZED_TERM")),
        new(AgentEnvironment.Replit, Set("REPL_ID")),
        // A user's own settings, which may be in every shell.
        new(AgentEnvironment.CopilotCli, Set("COPILOT_MODEL")),
        new(AgentEnvironment.CopilotCli, Flag("COPILOT_ALLOW_ALL")),
        new(AgentEnvironment.CopilotCli, Set("COPILOT_GITHUB_TOKEN")),
        new(AgentEnvironment.Amp, Set("AMP_HOME")),
        new(AgentEnvironment.Goose, Set("GOOSE_PROVIDER")),
        new(AgentEnvironment.Unnamed, Flag("AGENT_CLI")),
    ];

    public static AgentEnvironment Detect(IMachineEnvironment machine) =>
        VariableRule<AgentEnvironment>.FirstMatch(Rules, machine) ?? AgentEnvironment.None;
}

/// <summary>The coding agent that runs the publish, or whose terminal it runs in.</summary>
public enum AgentEnvironment
{
    /// <summary>No agent, as far as can be seen.</summary>
    None,

    /// <summary>An agent that identifies itself as one, and is not in this list.</summary>
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
