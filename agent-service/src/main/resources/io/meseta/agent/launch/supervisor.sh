#!/bin/sh
# Runs one command and writes down how it ended. It lives on when the agent that started it does not.
#
# supervisor.sh RUN COOKIE SETSID NEWS
#
# In the directory RUN:
#   claim       made first; whoever makes it owns the run (the agent makes it to call the run off, and
#               writes why)
#   supervisor  pid, start time and boot id of this process
#   command     the same of the command's first process
#   outputs     two lines: where the command's outputs go
#   launch      sourced by the process that becomes the command, in a session of its own at last
#   status      the command's status as a shell sees it; written last
#
# A file counts once its line is whole: it ends in a newline, and a shell writes a line at once. (A
# rename would do as well, at the price of two processes for each file.)
#
# COOKIE is a text in the environment of the command and of all that descends from it. SETSID is where
# that program lies, whatever PATH the command is to have. NEWS is a file that is written to when the
# command is up, and when it has ended, for whoever waits for that.

[ $# -eq 4 ] || {
    echo "usage: supervisor.sh RUN COOKIE SETSID NEWS" >&2
    exit 64
}
run=$1
cookie=$2
setsid=$3
news=$4

# identity FILE: who this process is, for good: pids are used again, pid with start time and boot is
# not. A part of a shell has a pid of its own, which only the kernel tells it.
identity() {
    file=$1
    read -r line </proc/self/stat || return 1
    read -r boot </proc/sys/kernel/random/boot_id || return 1
    # shellcheck disable=SC2086
    set -- ${line##*) }
    shift 19
    printf '%s %s %s\n' "${line%% *}" "$1" "$boot" >"$file"
}

# Becomes the command.
launch() {
    identity "$run/command" || exit 126
    echo >>"$news"
    umask 022
    . "$run/launch"
    exec "$setsid" "$@"
}

# Kills what the command has left behind: everything in its session, and everything that carries
# the cookie, wherever it went. Nearly always nothing is left, which one look tells.
sweep() {
    # In a line of /proc/PID/stat, after the name, which may hold anything but is the last to end in
    # a parenthesis: state (but for the dead), parent, group, session.
    [ -n "$session" ] && in_session="\\) [^ZX] [0-9]+ [0-9]+ $session [^)]*\$"
    round=0
    while [ "$round" -lt 50 ]; do
        found=
        for file in $(grep -laE -e "${in_session:-$cookie}" -e "$cookie" \
            /proc/[0-9]*/stat /proc/[0-9]*/environ 2>/dev/null); do
            file=${file#/proc/}
            found="$found ${file%/*}"
        done
        [ -z "$found" ] && return
        # shellcheck disable=SC2086
        kill -KILL $found 2>/dev/null
        round=$((round + 1))
        [ "$round" -gt 1 ] && { sleep 0.05 2>/dev/null || sleep 1; }
    done
}

umask 077
cd "$run" || exit 1
exec >>log 2>&1 </dev/null
{ read -r out && read -r err; } <outputs || exit 1
exec 3>>"$out" 4>>"$err"
# A signal that is caught, unlike one that is ignored, is back to normal in the command.
trap : HUP INT QUIT TERM PIPE USR1 USR2 ALRM
set -C
{ true >"$run/claim"; } 2>/dev/null || exit 0
set +C
identity "$run/supervisor" || exit 1
(launch) >&3 2>&4 3>&- 4>&-
status=$?
exec 3>&- 4>&-
session=
[ -r "$run/command" ] && read -r session rest <"$run/command"
sweep
printf '%s\n' "$status" >"$run/status"
echo >>"$news"
