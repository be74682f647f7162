package io.meseta.master.operators;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.WireIds;
import io.meseta.model.FrameworkId;
import java.io.IOException;

/// Removes a framework by an operator's word.
final class Teardown {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private Teardown() {}

    static void answer(Exchange exchange, Leading leading, Rights rights, String id)
            throws IOException {
        var framework = WireIds.find(id, FrameworkId::new);
        var known = framework.flatMap(leading.writer().view().cluster()::framework);
        if (framework.isEmpty() || known.isEmpty()) {
            unknown(exchange);
            return;
        }
        if (rights.tearDown(exchange.caller(), known.get()) instanceof Verdict.Denied denied) {
            exchange.forbidden(denied);
            return;
        }
        var command = new Command.RemoveFramework(framework.get());
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return;
        switch (decision.get()) {
            case Decision.Accepted _ -> exchange.empty(OK);
            case Decision.Refused(Refusal.NotLeading _) ->
                    exchange.unavailable("This master does not lead any more");
            case Decision.Refused _ -> unknown(exchange);
        }
    }

    private static void unknown(Exchange exchange) throws IOException {
        exchange.text(BAD_REQUEST, "No framework found with specified ID");
    }
}
