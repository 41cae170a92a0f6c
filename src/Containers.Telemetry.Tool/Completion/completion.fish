# Completion of containers-telemetry for fish. Save it:
#   containers-telemetry completion fish > ~/.config/fish/completions/containers-telemetry.fish
function __containers_telemetry_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    containers-telemetry __complete (math (count $words) - 1) $words[2..-1] "$current" 2>/dev/null
end
complete -c containers-telemetry -f -a '(__containers_telemetry_complete)'
complete -c containers-telemetry -n 'not __containers_telemetry_complete >/dev/null' -F
