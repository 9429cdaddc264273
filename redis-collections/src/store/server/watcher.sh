# Runs a server until the last of its users has exited or was killed. A user is a process.
# stdin: the FIFO. Each user holds it open for writing, and writes a line when it starts.
# Arguments: `keep` or `remove` the folder at the end, the folder, the socket's folder, the server's command
at_end=$1 dir=$2 run=$3
shift 3
unset WATCHER
exec 3<&0 </dev/null
PATH=/usr/bin:/bin${PATH:+:$PATH}

"$@" 3<&- &
server=$!
trap '' HUP INT TERM
echo "$server" >"$dir/server.pid"

(
    while :; do
        while read -r _; do :; done
        # No user holds the FIFO open. A user that starts from here on finds this file, and waits. One
        # that started before has written a line, which the next `read` gets.
        # (`true`, not `:`. If the folder was removed, a failed redirection of `:` would end this shell.)
        true >"$dir/server.leaving"
        read -r _ || break
        rm -f "$dir/server.leaving"
    done
    case $at_end in
    remove) kill -KILL "$server" ;;
    *) kill -TERM "$server" ;;
    esac
) <&3 &
reader=$!
exec 3<&-

wait "$server"
kill -KILL "$reader" 2>/dev/null
rm -f "$dir/server.pid" "$dir/server.leaving" "$run/server.sock"
case $at_end in
remove) rm -rf "$dir" ;;
*) rmdir "$run" 2>/dev/null ;;
esac
exit 0
