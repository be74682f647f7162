package io.meseta.master.operators;

import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.mesos.v1.master.Call;
import java.io.IOException;

/// Answers questions from what this master knows although another leads, if the caller is content
/// with that. Whatever else is called goes to the leader.
final class StaleAnswers {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_ACCEPTABLE = 406;

    private final LeaderDoor door;
    private final CallReader reader;
    private final Questions questions;

    StaleAnswers(LeaderDoor door, CallReader reader, Questions questions) {
        this.door = door;
        this.reader = reader;
        this.questions = questions;
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
        if (!Questions.isOne(call.getType())) {
            sendOn(exchange);
            return;
        }
        var problem = OperatorCalls.problem(call);
        if (problem.isPresent()) {
            exchange.text(BAD_REQUEST, "Failed to validate master::Call: " + problem.get());
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
        questions.answer(exchange, sight.get(), call, format.get());
    }

    private void sendOn(Exchange exchange) throws IOException {
        if (door.enter(exchange).isPresent())
            exchange.unavailable("This master has just begun to lead: ask again");
    }
}
