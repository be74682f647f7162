package io.meseta.endtoend.corpus;

import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Records;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A framework's stream of now, beside the recorded one of then.
final class Stream implements AutoCloseable {

    private static final int SILENCE_MILLIS_MAX = 60_000;

    private final Recorded recorded;
    private final RawHttp.Flow flow;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Set<String> usedOffers = new HashSet<>();

    Stream(Recorded recorded, RawHttp.Flow flow) throws IOException {
        this.recorded = recorded;
        this.flow = flow;
        // Between two heartbeats nothing may come for a while.
        flow.socket().setSoTimeout(SILENCE_MILLIS_MAX);
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try {
            var records = new Records(flow.body());
            for (var next = records.next(); next.isPresent(); next = records.next())
                events.add(Recorded.JSON.readTree(next.get()));
        } catch (IOException _) {
            // What has come so far is compared.
        }
    }

    Recorded recorded() {
        return recorded;
    }

    RawHttp.Flow flow() {
        return flow;
    }

    List<JsonNode> events() {
        return events;
    }

    /// The event of now that is asked for; waits for it.
    Optional<JsonNode> await(Duration patience, Predicate<JsonNode> wanted) {
        try {
            Await.within(patience).until("an event", () -> events.stream().anyMatch(wanted));
        } catch (AssertionError _) {
            return Optional.empty();
        }
        return events.stream().filter(wanted).findFirst();
    }

    /// The ids of all that is offered now to that role, once there is anything.
    List<String> takeOffers(Duration patience, String role) {
        await(patience, event -> !open(event, role).isEmpty());
        var offers = events.stream().flatMap(event -> open(event, role).stream()).toList();
        usedOffers.addAll(offers);
        return offers;
    }

    private List<String> open(JsonNode event, String role) {
        var ids = new ArrayList<String>();
        for (var offer : event.path("offers").path("offers")) {
            var id = offer.path("id").path("value").asString("");
            boolean isOfRole = offer.path("allocation_info").path("role").asString("").equals(role);
            if (isOfRole && !usedOffers.contains(id) && !isRescinded(id)) ids.add(id);
        }
        return ids;
    }

    private boolean isRescinded(String offer) {
        return events.stream()
                .map(event -> event.path("rescind").path("offer_id").path("value").asString(""))
                .anyMatch(offer::equals);
    }

    @Override
    public void close() {
        flow.close();
    }
}
