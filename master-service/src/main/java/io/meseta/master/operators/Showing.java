package io.meseta.master.operators;

import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.Sight;
import io.meseta.master.events.Audience;
import io.meseta.master.events.Broadcast;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.master.views.Viewers;
import io.meseta.mesos.v1.master.Call;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// Shows operators the cluster: as it is, and what becomes of it.
final class Showing {

    private static final int BAD_REQUEST = 400;

    private final FullAnswers full;
    private final Broadcast broadcast;
    private final Viewers viewers;
    private final int subscribersMax;

    /// @param subscribersMax beyond so many, the oldest one's stream ends
    Showing(FullAnswers full, Broadcast broadcast, Viewers viewers, int subscribersMax) {
        this.full = full;
        this.broadcast = broadcast;
        this.viewers = viewers;
        this.subscribersMax = subscribersMax;
    }

    /// Answers a call that asks for state.
    void answer(Exchange exchange, Sight sight, Call.Type call, Format format) throws IOException {
        full.answer(
                exchange,
                sight,
                call,
                format,
                (view, out) -> new ClusterAnswers(view).response(format, call, out));
    }

    void subscribe(Exchange exchange, Format format) throws IOException {
        switch (Wishes.read(exchange)) {
            case Wishes.Mistaken(var text) -> exchange.text(BAD_REQUEST, text);
            case Wishes.Stated stated -> subscribe(exchange, format, stated);
        }
    }

    private void subscribe(Exchange exchange, Format format, Wishes.Stated wishes) {
        if (broadcast.size() >= subscribersMax)
            broadcast.dropOldest("too many operators have subscribed");
        var response = exchange.response();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(format.mediaType());
        var audience = new Audience(viewers.of(exchange.request()), format, wishes.more());
        if (wishes.after().isPresent())
            broadcast.openAfter(exchange, audience, wishes.after().get());
        else broadcast.open(exchange, audience, Optional.empty());
    }
}
