package io.meseta.master.operators;

import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.mesos.v1.master.Call;
import java.io.IOException;
import java.util.Set;

/// Answers questions from what this master knows although another leads, if the caller is content
/// with that. Whatever else is called goes to the leader.
final class StaleAnswers {

    private static final int NOT_ACCEPTABLE = 406;

    private static final Set<Call.Type> QUESTIONS =
            Set.of(
                    Call.Type.GET_STATE,
                    Call.Type.GET_AGENTS,
                    Call.Type.GET_TASKS,
                    Call.Type.GET_FRAMEWORKS,
                    Call.Type.GET_EXECUTORS);

    private final LeaderDoor door;
    private final CallReader reader;
    private final Showing showing;

    StaleAnswers(LeaderDoor door, CallReader reader, Showing showing) {
        this.door = door;
        this.reader = reader;
        this.showing = showing;
    }

    boolean isAskedFor(Exchange exchange) {
        return LeaderDoor.mayBeStale(exchange)
                && exchange.method().equals("POST")
                && !door.isLeading();
    }

    void answer(Exchange exchange) throws IOException {
        switch (reader.read(exchange, Call.getDefaultInstance())) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var call) -> answer(exchange, call);
        }
    }

    private void answer(Exchange exchange, Call call) throws IOException {
        if (!QUESTIONS.contains(call.getType())) {
            sendOn(exchange);
            return;
        }
        var format = exchange.answerFormat();
        if (format.isEmpty()) {
            exchange.text(
                    NOT_ACCEPTABLE,
                    "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
            return;
        }
        var sight = door.see(exchange);
        if (sight.isEmpty()) return;
        showing.answer(exchange, sight.get(), call.getType(), format.get());
    }

    private void sendOn(Exchange exchange) throws IOException {
        if (door.enter(exchange).isPresent())
            exchange.unavailable("This master has just begun to lead: ask again");
    }
}
