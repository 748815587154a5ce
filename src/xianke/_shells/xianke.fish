function __xianke_complete
    set -l words (commandline -opc)
    set -l lines ($words[1] __complete fish $words[2..-1] .(commandline -ct) 2> /dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
    else if test (count $lines) -gt 1
        printf '%s\n' $lines[2..-1]
    end
end
complete --command xianke --no-files --keep-order --arguments '(__xianke_complete)'
