package io.meseta.master.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A framework that does what a test says, over HTTP and in JSON.
public final class ScriptedFramework implements AutoCloseable {

    private static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;

    private final RawHttp http;
    private final RawHttp.Flow flow;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile boolean isEnded;

    private ScriptedFramework(RawHttp http, RawHttp.Flow flow) {
        this.http = http;
        this.flow = flow;
        var _ = Thread.ofVirtual().start(this::listen);
    }

    /// Subscribes with a `FrameworkInfo` in JSON.
    public static ScriptedFramework subscribe(RawHttp http, String info) {
        return open(
                http, "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":" + info + "}}");
    }

    /// Subscribes again, by id.
    public static ScriptedFramework resubscribe(RawHttp http, String id, String info) {
        var named = info.replaceFirst("\\{", "{\"id\":{\"value\":\"" + id + "\"},");
        return open(
                http,
                "{\"type\":\"SUBSCRIBE\",\"framework_id\":{\"value\":\"%s\"},".formatted(id)
                        + "\"subscribe\":{\"framework_info\":"
                        + named
                        + "}}");
    }

    /// Says a whole SUBSCRIBE call.
    public static ScriptedFramework open(RawHttp http, String call) {
        var flow =
                http.open(
                        "POST",
                        "/api/v1/scheduler",
                        call.getBytes(StandardCharsets.UTF_8),
                        "Content-Type: application/json",
                        "Accept: application/json");
        assertThat(flow.status()).isEqualTo(200);
        return new ScriptedFramework(http, flow);
    }

    public String streamId() {
        return flow.headers().getOrDefault("mesos-stream-id", "");
    }

    public String contentType() {
        return flow.headers().getOrDefault("content-type", "");
    }

    public String id() {
        return await("SUBSCRIBED", event -> event.hasSubscribed())
                .getSubscribed()
                .getFrameworkId()
                .getValue();
    }

    /// The first event so far, or to come, for which the predicate holds.
    public Event await(String what, Predicate<Event> predicate) {
        return Await.shortly()
                .value(
                        what + " came, beside " + types(),
                        () -> events.stream().filter(predicate).findFirst());
    }

    /// An offer that has not been seen before; each is handed out once.
    public Offer offer() {
        return Await.shortly()
                .value(
                        "an offer came",
                        () -> {
                            synchronized (taken) {
                                var next =
                                        events.stream()
                                                .flatMap(event ->
                                                        event.getOffers().getOffersList().stream())
                                                .filter(offer -> !taken.contains(id(offer)))
                                                .findFirst();
                                next.ifPresent(offer -> taken.add(id(offer)));
                                return next;
                            }
                        });
    }

    private final List<String> taken = new ArrayList<>();

    private static String id(Offer offer) {
        return offer.getId().getValue();
    }

    public List<Event> events() {
        return events;
    }

    /// The events as they were sent.
    public List<String> texts() {
        return texts;
    }

    private List<Event.Type> types() {
        return events.stream().map(Event::getType).toList();
    }

    /// Whether the master has ended the stream.
    public boolean isEnded() {
        return isEnded;
    }

    /// Makes a call; the framework's id is put in.
    public RawHttp.Reply call(String type, String rest) {
        return call(type, rest, Optional.of(streamId()));
    }

    public RawHttp.Reply call(String type, String rest, Optional<String> stream) {
        var body =
                "{\"type\":\"%s\",\"framework_id\":{\"value\":\"%s\"}%s}"
                        .formatted(type, id(), rest.isEmpty() ? "" : "," + rest);
        return http.postJson(
                "/api/v1/scheduler",
                body,
                stream.map(id -> new String[] {"Mesos-Stream-Id: " + id}).orElse(new String[0]));
    }

    /// Declines whatever it has been offered and has not answered, and waits until it is offered no
    /// more; for one that has suppressed its roles.
    public void decline() {
        id();
        for (var event : List.copyOf(events))
            for (var offer : event.getOffers().getOffersList())
                call(
                        "DECLINE",
                        "\"decline\":{\"offer_ids\":[{\"value\":\"%s\"}]}".formatted(id(offer)));
    }

    /// Launches tasks given in JSON on an offer.
    public RawHttp.Reply launch(Offer offer, String... tasks) {
        return call(
                "ACCEPT",
                ("\"accept\":{\"offer_ids\":[{\"value\":\"%s\"}],\"operations\":[{\"type\":"
                                + "\"LAUNCH\",\"launch\":{\"task_infos\":[%s]}}],"
                                + "\"filters\":{\"refuse_seconds\":0}}")
                        .formatted(id(offer), String.join(",", tasks)));
    }

    private void listen() {
        try (var records = new RecordReader(flow.body(), RECORD_BYTES_MAX)) {
            for (var next = records.next(); next.isPresent(); next = records.next()) {
                var event = read(next.get());
                texts.add(new String(next.get(), StandardCharsets.UTF_8));
                events.add(event);
            }
        } catch (IOException | UncheckedIOException _) {
            // Either side has hung up.
            isEnded = true;
        }
        isEnded = true;
    }

    private static Event read(byte[] json) {
        try {
            return MesosJson.read(json, Event.getDefaultInstance(), JsonLimits.DEFAULT);
        } catch (UnreadableJson broken) {
            throw new AssertionError("the master sent rubbish", broken);
        }
    }

    @Override
    public void close() {
        flow.close();
    }
}
