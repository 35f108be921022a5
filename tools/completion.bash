# bash completion for griot
_griot() {
    local commands="demo add code show claims situation explain export verify rules places actors parse"
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "$commands --help --version" -- "${COMP_WORDS[1]}"))
    elif [ "${COMP_WORDS[COMP_CWORD]#-}" != "${COMP_WORDS[COMP_CWORD]}" ]; then
        local options
        options=$(griot "${COMP_WORDS[1]}" --help 2>/dev/null | grep -o -- '--[a-z-]*')
        COMPREPLY=($(compgen -W "$options" -- "${COMP_WORDS[COMP_CWORD]}"))
    else
        COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
    fi
}
complete -o filenames -F _griot griot
