# Completion of containers-telemetry for bash. Load it from ~/.bashrc:
#   source <(containers-telemetry completion bash)
_containers_telemetry() {
    local line lines words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    # Bash completes the text after an opening quote.
    words[COMP_CWORD - 1]=${words[COMP_CWORD - 1]#[\'\"]}
    COMPREPLY=()
    # Bash completes file names where there is nothing else. Bash 3 cannot leave that out.
    lines=$(containers-telemetry __complete "$((COMP_CWORD - 1))" "${words[@]}" 2>/dev/null) && compopt +o default 2>/dev/null
    while IFS= read -r line; do
        [[ $line ]] && COMPREPLY+=("${line%%$'\t'*}")
    done <<< "$lines"
}
complete -o default -F _containers_telemetry containers-telemetry
