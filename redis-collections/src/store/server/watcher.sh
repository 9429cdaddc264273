# Runs a server until the last process that uses it has gone, even if that was killed.
# stdin: the FIFO that each user holds open for writing, and writes a line to when it comes
# arguments: `keep` or `remove` the folder, the folder, the socket's folder, the server's command
end=$1 dir=$2 run=$3
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
        # Who comes from here on finds this file, and waits; who came before has written a line.
        # (Not by `:`, which would take this shell with it where the folder has been removed.)
        true >"$dir/server.leaving"
        read -r _ || break
        rm -f "$dir/server.leaving"
    done
    case $end in
    remove) kill -KILL "$server" ;;
    *) kill -TERM "$server" ;;
    esac
) <&3 &
reader=$!
exec 3<&-

wait "$server"
kill -KILL "$reader" 2>/dev/null
rm -f "$dir/server.pid" "$dir/server.leaving" "$run/server.sock"
case $end in
remove) rm -rf "$dir" ;;
*) rmdir "$run" 2>/dev/null ;;
esac
exit 0
