#compdef containers-telemetry
# Completion of containers-telemetry for zsh. Load it from ~/.zshrc, after compinit:
#   source <(containers-telemetry completion zsh)
_containers_telemetry() {
    local value text
    local -a values
    while IFS=$'\t' read -r value text; do
        values+=("${value//:/\\:}:$text")
    done < <(containers-telemetry __complete "$((CURRENT - 2))" "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#values} )); then
        _describe containers-telemetry values
    else
        _files
    fi
}
compdef _containers_telemetry containers-telemetry
