# Completion of mlpstep for fish, written by the target update_golden.

set -g __mlpstep_names run transcript worksheet check diff gradcheck derive graph variant example help

# The subcommand that was given.
function __mlpstep_command
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if contains -- $word $__mlpstep_names
            echo $word
            return 0
        else if not string match -q -- '-*' $word
            return 1
        end
    end
    return 1
end

# It is one of these; run where none was given.
function __mlpstep_is
    set -l command (__mlpstep_command); or set command run
    contains -- $command $argv
end

# There is no word but options yet.
function __mlpstep_begins
    set -l words (commandline -opc)
    not string match -q -v -- '-*' $words[2..-1]
end

function __mlpstep_scripts
    set -l word (commandline -ct)
    for file in $word*.py $word*.ipynb $word*.txt $word*/
        echo $file
    end
end

complete -c mlpstep -n __mlpstep_begins -a run -d 'print every tensor on the way'
complete -c mlpstep -n __mlpstep_begins -a transcript -d 'print what \'python3 SCRIPT\' prints'
complete -c mlpstep -n __mlpstep_begins -a worksheet -d 'print the report of run with ? for every number that is to be computed'
complete -c mlpstep -n __mlpstep_begins -a check -d 'mark each SHEET, a filled worksheet, a report, lines NAME = VALUE or what \'python3 SCRIPT\' printed'
complete -c mlpstep -n __mlpstep_begins -a diff -d 'hold the tensors that two ports of SCRIPT printed against each other, and against SCRIPT'
complete -c mlpstep -n __mlpstep_begins -a gradcheck -d 'hold every gradient against a numerical one, both in float64'
complete -c mlpstep -n __mlpstep_begins -a derive -d 'write the derivation out'
complete -c mlpstep -n __mlpstep_begins -a graph -d 'draw the computation, with shapes and, on the edges, gradients, as an SVG or for Graphviz'
complete -c mlpstep -n __mlpstep_begins -a variant -d 'print SCRIPT with other numbers, the same for the same N'
complete -c mlpstep -n __mlpstep_begins -a example -d 'list the embedded example scripts, or print one'
complete -c mlpstep -n __mlpstep_begins -a help -d 'tell more of COMMAND, with its options, as \'mlpstep COMMAND --help\' does'
complete -c mlpstep -n '__mlpstep_is run transcript worksheet gradcheck derive graph variant' -f -a '(__mlpstep_scripts)'
complete -c mlpstep -n '__mlpstep_is example' -f -a 'batch dropout momentum plain'
complete -c mlpstep -n '__mlpstep_is help' -f -a '$__mlpstep_names'
complete -c mlpstep -n '__mlpstep_is run transcript worksheet check diff gradcheck derive graph variant' -l torch -x -a '2.6 2.6,native 1.13 1.13,native 2.0 2.1 2.2 2.3 2.4 2.5 2.7 2.8 2.9 2.10 2.11 2.11,native 2.11,avx512' -d 'follow this release of PyTorch, 1.13 to 2.11'
complete -c mlpstep -n '__mlpstep_is run transcript worksheet check diff gradcheck derive graph variant' -l rng -x -a 'mkl native' -d 'mkl for --torch=2.6,wheel, native for --torch=2.6,native'
complete -c mlpstep -n '__mlpstep_is run transcript worksheet check diff gradcheck derive graph variant' -l dtype -x -a 'float32 float64' -d 'default dtype'
complete -c mlpstep -n '__mlpstep_is run transcript worksheet check diff gradcheck derive graph variant' -l budget -x -d 'stop a script that computes more than N numbers'
complete -c mlpstep -n '__mlpstep_is run transcript worksheet check diff gradcheck derive graph variant' -l memory -x -d 'stop a run that needs more than SIZE bytes'
complete -c mlpstep -n '__mlpstep_is run worksheet check diff' -l step -x -a 'last' -d 'only these steps of the training, counted from 1'
complete -c mlpstep -n '__mlpstep_is gradcheck' -l step -x -a 'last' -d 'only these steps'
complete -c mlpstep -n '__mlpstep_is derive graph' -l step -x -a 'last' -d 'only these steps'
complete -c mlpstep -n '__mlpstep_is run worksheet derive graph' -l precision -x -d 'print N decimals, 0 to 60'
complete -c mlpstep -n '__mlpstep_is run' -l digits -x -d 'N significant digits, 1 to 17, in text, csv and c'
complete -c mlpstep -n '__mlpstep_is run' -l hex -d 'exact numbers, as 0x1.99999ap-4, in text, csv and c'
complete -c mlpstep -n '__mlpstep_is run worksheet' -l only -x -d 'print only the entries of these names, or of names like these, with * and ?'
complete -c mlpstep -n '__mlpstep_is derive' -l only -x -d 'these names, and what they are computed from'
complete -c mlpstep -n '__mlpstep_is derive' -l blank -d 'leave out every number that is computed, as an exercise'
complete -c mlpstep -n '__mlpstep_is derive' -l level -x -a 'numbers links' -d 'how much to write'
complete -c mlpstep -n '__mlpstep_is derive' -l fragment -d 'leave out what begins and ends a document'
complete -c mlpstep -n '__mlpstep_is run' -l bounds -d 'print after each entry how far float32 arithmetic, in any build of PyTorch, may be from exact arithmetic'
complete -c mlpstep -n '__mlpstep_is check diff' -l atol -x -d 'a number is right within A + R * |value|'
complete -c mlpstep -n '__mlpstep_is check diff' -l rtol -x -d 'a number is right within A + R * |value|'
complete -c mlpstep -n '__mlpstep_is check' -l min-digits -x -d 'significant digits that a number written by hand needs, 1 to 17'
complete -c mlpstep -n '__mlpstep_is check diff' -l names -r -F -d 'other names for values, a line NAME = NAME-IN-THE-SCRIPT each'
complete -c mlpstep -n '__mlpstep_is check' -l port -d 'the sheets are of a port of SCRIPT'
complete -c mlpstep -n '__mlpstep_is check' -l raw -r -F -d 'mark tensors in files of raw little-endian float32, too, or without SHEET alone'
complete -c mlpstep -n '__mlpstep_is check' -l require-all -d 'fail where a value is blank, or missing'
complete -c mlpstep -n '__mlpstep_is check' -l only-wrong -d 'leave out what is right'
complete -c mlpstep -n '__mlpstep_is check' -l hint -d 'tell where a mistake is and of what kind, but not the right number'
complete -c mlpstep -n '__mlpstep_is run' -l format -x -a 'text json csv npz c' -d 'how to write it'
complete -c mlpstep -n '__mlpstep_is check' -l format -x -a 'text tap csv json' -d 'how to write it'
complete -c mlpstep -n '__mlpstep_is derive' -l format -x -a 'text markdown latex html' -d 'how to write it'
complete -c mlpstep -n '__mlpstep_is graph' -l format -x -a 'svg dot' -d 'how to draw it'
complete -c mlpstep -n '__mlpstep_is variant' -l seed -x -d 'which variant, 0 to 2^64 - 1'
complete -c mlpstep -n '__mlpstep_is check' -s q -l quiet -d 'print the last line of each SHEET only'
complete -c mlpstep -s h -l help -d 'print this help and exit'
complete -c mlpstep -s V -l version -d 'print the versions of the program and the report, and exit'
