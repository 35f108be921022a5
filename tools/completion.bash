# bash completion for griot: commands and options as the program's own help lists them
_griot() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} griot=${COMP_WORDS[0]}
    local words=""
    if [ "$COMP_CWORD" -eq 1 ] || { [ "$COMP_CWORD" -eq 2 ] && [ "$command" = help ]; }; then
        words=$("$griot" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p')
        [ "$COMP_CWORD" -eq 1 ] && words="$words help --help --version"
    elif [ "${word#-}" != "$word" ]; then
        words=$("$griot" "$command" --help 2>/dev/null | sed -n '/^Options:/,/^Examples:/p' | grep -o -- '^ *\(-., \)\?--[a-z-]*' |
            grep -o -- '--[a-z-]*')
    else
        case "$before" in
        --kind) words="event toll relation presence custody force" ;;
        --reality) words="occurred ongoing planned possible denied negated" ;;
        --by) words="month place actor" ;;
        --lang) words="en fr" ;;
        rules) words="check test" ;;
        places) words="find look add build" ;;
        export) words="geojson" ;;
        esac
    fi
    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _griot griot
