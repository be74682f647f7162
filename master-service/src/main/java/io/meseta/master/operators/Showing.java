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

    void subscribe(Exchange exchange, Format format) {
        if (broadcast.size() >= subscribersMax)
            broadcast.dropOldest("too many operators have subscribed");
        var response = exchange.response();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(format.mediaType());
        var audience = new Audience(viewers.of(exchange.request()), format);
        broadcast.open(exchange, audience, Optional.empty());
    }
}
