_xianke_complete() {
    local line value mode
    local -a lines values shown
    local -i width=0
    lines=("${(@f)$("${(Q)words[1]}" __complete zsh "${(@)words[2,CURRENT-1]}" ".${words[CURRENT]}" 2> /dev/null)}")
    mode=${lines[1]}
    if [[ $mode == files ]]; then
        _files
        return
    fi
    lines=("${(@)lines[2,-1]}")
    (( $#lines )) || return 1
    values=("${(@)lines%%$'\t'*}")
    for value in "${(@)values}"; do
        (( ${(m)#value} > width )) && width=${(m)#value}
    done
    for line in "${(@)lines}"; do
        value=${line%%$'\t'*}
        [[ $line == *$'\t'* ]] && value="${(mr:width:)value}  ${line#*$'\t'}"
        shown+=("$value")
    done
    compadd -U -V xianke -l -d shown -a values
    # Words that do not begin as typed, pinyin say, must not wipe out what was typed.
    if (( $#values > 1 )) && [[ -n ${(M)values:#^${(b)${(Q)PREFIX}}*} ]]; then
        compstate[insert]=
        compstate[list]='list force'
    fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _xianke_complete xianke
