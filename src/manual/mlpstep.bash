# Completion of mlpstep for bash, written by the target update_golden.

# Files whose names end like those of scripts, and folders.
_mlpstep_scripts() {
    compgen -f -X '!*.py' -- "$1"
    compgen -f -X '!*.ipynb' -- "$1"
    compgen -f -X '!*.txt' -- "$1"
    compgen -d -- "$1"
}

_mlpstep_reply() {
    local line
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done
}

# Options of bash 4 and later.
_mlpstep_with() {
    type compopt >/dev/null 2>&1 && compopt -o "$1" 2>/dev/null
}

_mlpstep_is_command() {
    case $1 in
        run|transcript|worksheet|check|diff|gradcheck|derive|graph|variant|example|help) return 0 ;;
    esac
    return 1
}

_mlpstep_takes() {
    case $1 in
        --torch|--rng|--dtype|--budget|--memory|--step|--precision|--digits|--only|--level|--atol|--rtol|--min-digits|--names|--raw|--format|--seed) return 0 ;;
    esac
    return 1
}

_mlpstep_commands() {
    echo 'run transcript worksheet check diff gradcheck derive graph variant example help'
}

_mlpstep_options() {
    case $1 in
        run) echo '--torch= --rng= --dtype= --budget= --memory= --step= --precision= --digits= --hex --only= --bounds --format= --help --version' ;;
        transcript) echo '--torch= --rng= --dtype= --budget= --memory= --help --version' ;;
        worksheet) echo '--torch= --rng= --dtype= --budget= --memory= --step= --precision= --only= --help --version' ;;
        check) echo '--torch= --rng= --dtype= --budget= --memory= --step= --atol= --rtol= --min-digits= --names= --port --raw= --require-all --only-wrong --hint --format= --quiet --help --version' ;;
        diff) echo '--torch= --rng= --dtype= --budget= --memory= --step= --atol= --rtol= --names= --help --version' ;;
        gradcheck) echo '--torch= --rng= --dtype= --budget= --memory= --step= --help --version' ;;
        derive) echo '--torch= --rng= --dtype= --budget= --memory= --step= --precision= --only= --blank --level= --fragment --format= --help --version' ;;
        graph) echo '--torch= --rng= --dtype= --budget= --memory= --step= --precision= --format= --help --version' ;;
        variant) echo '--torch= --rng= --dtype= --budget= --memory= --seed= --help --version' ;;
        example) echo '--help --version' ;;
        help) echo '--help --version' ;;
    esac
}

_mlpstep() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local option='' prefix='' command='' words='' count=0 i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            =) ((i++)) ;;
            -*) _mlpstep_takes "${COMP_WORDS[i]}" && [[ ${COMP_WORDS[i + 1]} != = ]] &&
                ((i++)) ;;
            *) [[ $count$command == 0 ]] && _mlpstep_is_command "${COMP_WORDS[i]}" &&
                command=${COMP_WORDS[i]} || ((count++)) ;;
        esac
    done
    # Words may be broken at the = of an option, or not.
    if [[ $word == = ]]; then
        option=$before word=''
    elif [[ $before == = ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $word == --*=* ]]; then
        option=${word%%=*} prefix=${word%%=*}= word=${word#*=}
    elif _mlpstep_takes "$before"; then
        option=$before
    fi
    if [[ $option ]]; then
        case ${command:-run}:$option in
            *:--torch) words='2.6 2.6,native 1.13 1.13,native 2.0 2.1 2.2 2.3 2.4 2.5 2.7 2.8 2.9 2.10 2.11 2.11,native 2.11,avx512' ;;
            *:--rng) words='mkl native' ;;
            *:--dtype) words='float32 float64' ;;
            run:--step|worksheet:--step|check:--step|diff:--step) words='last' ;;
            gradcheck:--step) words='last' ;;
            derive:--step|graph:--step) words='last' ;;
            derive:--level) words='numbers links' ;;
            *:--names) _mlpstep_with filenames
                _mlpstep_reply < <(compgen -P "$prefix" -f -- "$word")
                return ;;
            *:--raw) _mlpstep_with filenames
                _mlpstep_reply < <(compgen -P "$prefix" -f -- "$word")
                return ;;
            run:--format) words='text json csv npz c' ;;
            check:--format) words='text tap csv json' ;;
            derive:--format) words='text markdown latex html' ;;
            graph:--format) words='svg dot' ;;
        esac
        _mlpstep_reply < <(compgen -P "$prefix" -W "$words" -- "$word")
        return
    fi
    if [[ $word == -* ]]; then
        _mlpstep_reply < <(compgen -W "$(_mlpstep_options "${command:-run}")" -- "$word")
        [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && _mlpstep_with nospace
        return
    fi
    [[ $command || $count != 0 ]] || _mlpstep_reply < <(compgen -W "$(_mlpstep_commands)" -- "$word")
    case ${command:-run}:$count in
        run:0|transcript:0|worksheet:0|check:0|diff:0|gradcheck:0|derive:0|graph:0|variant:0) _mlpstep_with filenames
            _mlpstep_reply < <(_mlpstep_scripts "$word") ;;
        check:*|diff:*) _mlpstep_with filenames
            _mlpstep_reply < <(compgen -f -- "$word") ;;
        example:0) _mlpstep_reply < <(compgen -W 'batch dropout momentum plain' -- "$word") ;;
        help:0) _mlpstep_reply < <(compgen -W "$(_mlpstep_commands)" -- "$word") ;;
    esac
}

complete -F _mlpstep mlpstep
