_xianke_complete() {
    local line mode= words=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
    local -a values shown
    COMPREPLY=()
    while IFS= read -r line; do
        if [ -z "$mode" ]; then mode=$line; continue; fi
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done <<< "$("$1" __complete bash "${words[@]}" ".${COMP_WORDS[COMP_CWORD]}" 2> /dev/null)"
    if [ "$mode" = files ]; then
        compopt -o default 2> /dev/null || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
    elif [ "${#values[@]}" -gt 1 ] && { [ "$COMP_TYPE" = 63 ] || [ "$COMP_TYPE" = 33 ]; }; then
        COMPREPLY=("${shown[@]}")
    elif [ "${#values[@]}" -gt 0 ]; then
        COMPREPLY=("${values[@]}")
    fi
}
complete -F _xianke_complete xianke
