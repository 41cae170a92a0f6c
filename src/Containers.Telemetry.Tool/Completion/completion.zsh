#compdef containers-telemetry
# Completion of containers-telemetry for zsh. Load it from ~/.zshrc, after compinit:
#   source <(containers-telemetry completion zsh)
_containers_telemetry() {
    local lines value text is_file=0
    local -a values
    lines=$(containers-telemetry __complete "$((CURRENT - 2))" "${(@)words[2,CURRENT]}" 2>/dev/null) || is_file=1
    while IFS=$'\t' read -r value text; do
        [[ -n $value ]] && values+=("${value//:/\\:}:$text")
    done <<< "$lines"
    if (( ${#values} )); then
        _describe containers-telemetry values
    elif (( is_file )); then
        _files
    fi
}
compdef _containers_telemetry containers-telemetry
