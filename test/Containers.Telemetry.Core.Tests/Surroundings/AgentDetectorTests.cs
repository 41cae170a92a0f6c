using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class AgentDetectorTests
{
    [TestMethod]
    [DataRow("CLAUDECODE=1", AgentEnvironment.ClaudeCode)]
    [DataRow("CLAUDE_CODE=1", AgentEnvironment.ClaudeCode)]
    [DataRow("CLAUDE_CODE_ENTRYPOINT=cli", AgentEnvironment.ClaudeCode)]
    [DataRow("CLAUDE_CODE_IS_COWORK=1", AgentEnvironment.ClaudeCowork)]
    [DataRow("CURSOR_EDITOR=1", AgentEnvironment.Cursor)]
    [DataRow("CURSOR_AI=1", AgentEnvironment.Cursor)]
    [DataRow("CURSOR_TRACE_ID=0a1b", AgentEnvironment.Cursor)]
    [DataRow("CURSOR_AGENT=1", AgentEnvironment.Cursor)]
    [DataRow("GEMINI_CLI=1", AgentEnvironment.GeminiCli)]
    [DataRow("GITHUB_COPILOT_CLI_MODE=true", AgentEnvironment.CopilotCli)]
    [DataRow("GH_COPILOT_WORKING_DIRECTORY=/src", AgentEnvironment.CopilotCli)]
    [DataRow("COPILOT_CLI=1", AgentEnvironment.CopilotCli)]
    [DataRow("COPILOT_MODEL=some-model", AgentEnvironment.CopilotCli)]
    [DataRow("COPILOT_ALLOW_ALL=1", AgentEnvironment.CopilotCli)]
    [DataRow("COPILOT_GITHUB_TOKEN=secret", AgentEnvironment.CopilotCli)]
    [DataRow("AI_AGENT=github_copilot_app_agent", AgentEnvironment.CopilotApp)]
    [DataRow("AI_AGENT=github_copilot_vscode_agent", AgentEnvironment.CopilotVSCode)]
    [DataRow("COPILOT_AGENT=1", AgentEnvironment.CopilotVSCode)]
    [DataRow("CODEX_CLI=1", AgentEnvironment.Codex)]
    [DataRow("CODEX_SANDBOX=seatbelt", AgentEnvironment.Codex)]
    [DataRow("CODEX_CI=1", AgentEnvironment.Codex)]
    [DataRow("CODEX_THREAD_ID=0a1b", AgentEnvironment.Codex)]
    [DataRow("OR_APP_NAME=Aider", AgentEnvironment.Aider)]
    [DataRow("OR_APP_NAME=plandex", AgentEnvironment.Plandex)]
    [DataRow("OR_APP_NAME=OpenHands", AgentEnvironment.OpenHands)]
    [DataRow("AMP_HOME=/home/amp", AgentEnvironment.Amp)]
    [DataRow("QWEN_CODE=1", AgentEnvironment.QwenCode)]
    [DataRow("DROID_CLI=true", AgentEnvironment.Droid)]
    [DataRow("OPENCODE_AI=1", AgentEnvironment.OpenCode)]
    [DataRow("ZED_ENVIRONMENT=worktree-shell", AgentEnvironment.Zed)]
    [DataRow("ZED_TERM=true", AgentEnvironment.Zed)]
    [DataRow("KIMI_CLI=true", AgentEnvironment.Kimi)]
    [DataRow("GOOSE_TERMINAL=1", AgentEnvironment.Goose)]
    [DataRow("GOOSE_PROVIDER=some-provider", AgentEnvironment.Goose)]
    [DataRow("CLINE_TASK_ID=7", AgentEnvironment.Cline)]
    [DataRow("ROO_CODE_TASK_ID=7", AgentEnvironment.RooCode)]
    [DataRow("WINDSURF_SESSION=7", AgentEnvironment.Windsurf)]
    [DataRow("REPL_ID=7", AgentEnvironment.Replit)]
    [DataRow("AUGMENT_AGENT=1", AgentEnvironment.Augment)]
    [DataRow("ANTIGRAVITY_AGENT=1", AgentEnvironment.Antigravity)]
    [DataRow("AGENT_CLI=true", AgentEnvironment.Unnamed)]
    [DataRow("", AgentEnvironment.None)]
    public void Detect_VariableOfOneAgent_ReturnsTheAgent(string variables, AgentEnvironment expected) =>
        Assert.AreEqual(expected, AgentDetector.Detect(FakeMachine.WithVariables(variables)));

    [TestMethod]
    [DataRow("OR_APP_NAME=Acme Secret Agent")]
    [DataRow("AI_AGENT=acme-secret-agent")]
    [DataRow("COPILOT_CLI=false")]
    [DataRow("AGENT_CLI=0")]
    [DataRow("CLAUDECODE=")]
    public void Detect_UnknownNameOrFlagThatSaysNo_ReturnsNone(string variables) =>
        Assert.AreEqual(AgentEnvironment.None, AgentDetector.Detect(FakeMachine.WithVariables(variables)));

    [TestMethod]
    [DataRow("CLAUDECODE=1;CLAUDE_CODE_IS_COWORK=1", AgentEnvironment.ClaudeCowork)]
    [DataRow("CLAUDECODE=1;ZED_TERM=true", AgentEnvironment.ClaudeCode, DisplayName = "The agent, not the terminal it runs in")]
    [DataRow("GEMINI_CLI=1;CURSOR_TRACE_ID=0a1b", AgentEnvironment.GeminiCli, DisplayName = "The agent, not the editor it runs in")]
    [DataRow("CODEX_CI=1;COPILOT_MODEL=some-model", AgentEnvironment.Codex, DisplayName = "The agent, not a setting of another")]
    [DataRow("AI_AGENT=github_copilot_app_agent;COPILOT_AGENT=1", AgentEnvironment.CopilotApp)]
    [DataRow("AGENT_CLI=1;DROID_CLI=1", AgentEnvironment.Droid)]
    public void Detect_VariablesOfSeveralAgents_ReturnsTheMostSpecific(string variables, AgentEnvironment expected) =>
        Assert.AreEqual(expected, AgentDetector.Detect(FakeMachine.WithVariables(variables)));

    [TestMethod]
    public void Every_agent_has_a_rule()
    {
        CollectionAssert.AreEquivalent(
            Enum.GetValues<AgentEnvironment>().Where(agent => agent != AgentEnvironment.None).ToList(),
            AgentDetector.Rules.Select(rule => rule.Meaning).Distinct().ToList());
    }
}
