# Completion of containers-telemetry for bash. Load it from ~/.bashrc:
#   source <(containers-telemetry completion bash)
_containers_telemetry() {
    local line words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    # Bash completes the text after an opening quote.
    words[COMP_CWORD - 1]=${words[COMP_CWORD - 1]#[\'\"]}
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("${line%%$'\t'*}")
    done < <(containers-telemetry __complete "$((COMP_CWORD - 1))" "${words[@]}" 2>/dev/null)
}
complete -o default -F _containers_telemetry containers-telemetry
