package io.meseta.master.operators;

import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.events.Audience;
import io.meseta.master.events.Broadcast;
import io.meseta.master.views.Viewers;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/// Operators who subscribe.
final class Subscriptions {

    private final Broadcast broadcast;
    private final Viewers viewers;
    private final int subscribersMax;

    /// @param subscribersMax beyond so many, the oldest one's stream ends
    Subscriptions(Broadcast broadcast, Viewers viewers, int subscribersMax) {
        this.broadcast = broadcast;
        this.viewers = viewers;
        this.subscribersMax = subscribersMax;
    }

    void open(Exchange exchange, Format format) {
        if (broadcast.size() >= subscribersMax)
            broadcast.dropOldest("too many operators have subscribed");
        var response = exchange.response();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(format.mediaType());
        var audience = new Audience(viewers.of(exchange.request()), format);
        broadcast.open(exchange, audience, Optional.empty());
    }
}
