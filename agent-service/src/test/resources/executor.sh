#!/bin/sh
# A small executor: says that whatever it is given runs, and ends it when it is told to. Whatever
# its framework says to it, it says back.

api="http://$MESOS_AGENT_ENDPOINT/api/v1/executor"
who="\"executor_id\":{\"value\":\"$MESOS_EXECUTOR_ID\"},\"framework_id\":{\"value\":\"$MESOS_FRAMEWORK_ID\"}"
token="Authorization: Bearer $MESOS_EXECUTOR_AUTHENTICATION_TOKEN"

post() {
    curl -s -S -o /dev/null -H 'Content-Type: application/json' -H "$token" \
        -d "{$who,$1}" "$api"
}

update() {
    # Of version 4: agents take no other bytes for a UUID than masters do.
    uuid=$({ head -c 6 /dev/urandom; printf '\100'; head -c 1 /dev/urandom; printf '\200'; head -c 7 /dev/urandom; } | base64)
    post "\"type\":\"UPDATE\",\"update\":{\"status\":{\"task_id\":{\"value\":\"$1\"},
        \"state\":\"$2\",\"source\":\"SOURCE_EXECUTOR\",\"message\":\"by sh\",\"uuid\":\"$uuid\"}}"
}

handle() {
    case $1 in
    '{"type":"LAUNCH",'* | '{"type":"LAUNCH_GROUP",'*)
        for task in $(printf '%s' "$1" | grep -o '"task_id":{"value":"[^"]*"' | cut -d'"' -f6); do
            update "$task" TASK_STARTING
            update "$task" TASK_RUNNING
        done
        ;;
    '{"type":"KILL",'*)
        update "$(printf '%s' "$1" | grep -o '"task_id":{"value":"[^"]*"' | cut -d'"' -f6)" TASK_KILLED
        ;;
    '{"type":"MESSAGE",'*)
        data=$(printf '%s' "$1" | grep -o '"data":"[^"]*"' | cut -d'"' -f4)
        post "\"type\":\"MESSAGE\",\"message\":{\"data\":\"$data\"}"
        ;;
    '{"type":"SHUTDOWN"'*) touch over ;;
    esac
}

mkfifo events
while [ ! -e over ]; do
    curl -s -N -H 'Content-Type: application/json' -H 'Accept: application/json' -H "$token" \
        -d "{$who,\"type\":\"SUBSCRIBE\",\"subscribe\":{}}" "$api" >events &
    stream=$!
    while [ ! -e over ] && read -r length; do
        case $length in *[!0-9]*) break ;; esac
        event=$(head -c "$length")
        printf '%s\n' "$event"
        handle "$event"
    done <events
    kill "$stream" 2>/dev/null
    wait "$stream"
    sleep 0.2
done
