package io.meseta.endtoend.corpus;

import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Comparison;
import io.meseta.testkit.corpus.Ids;
import io.meseta.testkit.corpus.Likeness;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Replay;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Plays a framework's whole life again, against a master and an agent that really run tasks: what
/// it said is said, with the ids, offers and receipts of now, and what it heard is compared. What
/// others read meanwhile is not.
final class FlowReplay implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// For what is known not to come.
    private static final Duration NO_PATIENCE = Duration.ofMillis(100);

    /// For what comes last.
    private static final Duration END_PATIENCE = Duration.ofSeconds(3);

    private static final Pattern OFFER = Pattern.compile("[0-9a-f-]{36}-O[0-9]+");
    private static final Pattern STREAM = Pattern.compile("(?i)Mesos-Stream-Id: .*");

    private final RawHttp http;
    private final Ids ids;
    private final Predicate<String> isKnown;
    private final UnaryOperator<String> changed;
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final Map<String, Stream> byFramework = new HashMap<>();
    private final List<String> mismatches = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /// @param agent the agent of now
    /// @param isKnown whether a case of that name is known to differ
    /// @param changed takes out of a request what would only cost time
    FlowReplay(
            RawHttp http, String agent, Predicate<String> isKnown, UnaryOperator<String> changed) {
        this.http = http;
        this.ids = new Ids(Optional.of(agent));
        this.isKnown = isKnown;
        this.changed = changed;
    }

    /// The names of all cases, and of what was heard of each thing on each stream.
    List<String> names() {
        return names;
    }

    void replay(List<Recorded> group) throws IOException {
        for (var each : group) if (each.isReplayable()) replay(each);
        for (var each : streams.values()) compareEvents(each);
    }

    List<String> mismatches() {
        return mismatches;
    }

    private void replay(Recorded recorded) throws IOException {
        if (!recorded.line().contains("/scheduler")) return;
        names.add(recorded.name());
        var body = new String(recorded.requestBody(), StandardCharsets.UTF_8);
        if (body.contains("\"SUBSCRIBE\"")) subscribe(recorded, body);
        else call(recorded, body);
    }

    private void subscribe(Recorded recorded, String body) throws IOException {
        var translated = ids.translate(body).getBytes(StandardCharsets.UTF_8);
        var flow = http.open(Replay.request(recorded, recorded.headers(), translated));
        var stream = new Stream(recorded, flow);
        streams.put(recorded.name(), stream);
        Comparison.difference("status", recorded.status(), flow.status())
                .ifPresent(what -> mismatches.add(recorded.name() + ": " + what));
        var first = stream.await(PATIENCE, _ -> true);
        var then = framework(recorded.events().getFirst());
        if (first.isEmpty() || then.isEmpty()) return;
        ids.put(then, framework(first.get()));
        ids.put(recorded.header("mesos-stream-id"), flow.headers().get("mesos-stream-id"));
        byFramework.put(then, stream);
    }

    private void call(Recorded recorded, String body) {
        boolean isKnownToDiffer = isKnown.test(recorded.name());
        var patience = isKnownToDiffer ? NO_PATIENCE : PATIENCE;
        var call = Recorded.JSON.readTree(body);
        var stream =
                Optional.ofNullable(
                        byFramework.get(call.path("framework_id").path("value").asString("")));
        var text = changed.apply(body);
        if (stream.isPresent()) {
            text = withOffers(text, stream.get(), patience);
            text = withReceipt(text, call, stream.get(), patience);
        }
        var headers =
                recorded.headers().stream()
                        .map(each -> STREAM.matcher(each).matches() ? ids.translate(each) : each)
                        .toList();
        var request =
                Replay.request(
                        recorded, headers, ids.translate(text).getBytes(StandardCharsets.UTF_8));
        compare(recorded, request).ifPresent(what -> mismatches.add(recorded.name() + ": " + what));
    }

    /// Whatever is offered now stands for what was offered then.
    private static String withOffers(String text, Stream stream, Duration patience) {
        var recordedOffers = OFFER.matcher(text).results().map(each -> each.group()).toList();
        if (recordedOffers.isEmpty()) return text;
        var role = role(stream.recorded(), recordedOffers.getFirst());
        if (role.isEmpty()) return text;
        var now = stream.takeOffers(patience, role);
        if (now.isEmpty()) return text;
        var list = String.join("\"}, {\"value\": \"", now);
        var replaced = text.replace(recordedOffers.getFirst(), list);
        for (var other : recordedOffers.subList(1, recordedOffers.size()))
            replaced = replaced.replace(", {\"value\": \"" + other + "\"}", "");
        return replaced;
    }

    private static String role(Recorded subscription, String offer) {
        for (var event : subscription.events())
            for (var each : event.path("offers").path("offers"))
                if (each.path("id").path("value").asString("").equals(offer))
                    return each.path("allocation_info").path("role").asString("");
        return "";
    }

    private static String withReceipt(
            String text, JsonNode call, Stream stream, Duration patience) {
        var uuid = call.path("acknowledge").path("uuid").asString("");
        if (uuid.isEmpty()) return text;
        for (var event : stream.recorded().events()) {
            var then = event.path("update").path("status");
            if (!then.path("uuid").asString("").equals(uuid)) continue;
            var now = stream.await(patience, each -> isSameUpdate(then, each));
            return now.map(each ->
                            text.replace(
                                    uuid,
                                    each.path("update").path("status").path("uuid").asString("")))
                    .orElse(text);
        }
        return text;
    }

    private static boolean isSameUpdate(JsonNode then, JsonNode event) {
        var now = event.path("update").path("status");
        return now.path("task_id").equals(then.path("task_id"))
                && now.path("state").equals(then.path("state"))
                && now.has("uuid");
    }

    private Optional<String> compare(Recorded recorded, byte[] request) {
        var reply = http.exchange(request);
        if (reply.isEmpty()) return Optional.of("no answer");
        return new Comparison(UnaryOperator.identity(), UnaryOperator.identity())
                .difference(recorded, reply.get());
    }

    private void compareEvents(Stream stream) {
        var then = subjects(stream.recorded().events());
        var now = new HashMap<String, List<String>>();
        var name = stream.recorded().name();
        try {
            Await.within(isKnown.test(name + "/.*") ? NO_PATIENCE : END_PATIENCE)
                    .until(
                            "all events",
                            () -> {
                                now.clear();
                                now.putAll(subjects(stream.events()));
                                return now.equals(then);
                            });
        } catch (AssertionError _) {
            var all = new TreeSet<>(then.keySet());
            all.addAll(now.keySet());
            for (var subject : all) {
                names.add(name + "/" + subject);
                Comparison.difference(
                                "events",
                                then.getOrDefault(subject, List.of()),
                                now.getOrDefault(subject, List.of()))
                        .ifPresent(what -> mismatches.add(name + "/" + subject + ": " + what));
            }
        }
    }

    /// What was said of each thing, in order. How often and when something is offered is the
    /// allocator's affair; that the first offer reads alike is compared.
    private static Map<String, List<String>> subjects(List<JsonNode> events) {
        var subjects = new LinkedHashMap<String, List<String>>();
        for (var event : events) {
            var type = event.path("type").asString("");
            var status = event.path("update").path("status");
            var task = status.path("task_id").path("value").asString("");
            switch (type) {
                case "HEARTBEAT", "RESCIND" -> {}
                case "OFFERS" -> subjects.putIfAbsent("OFFERS", List.of(Likeness.of(event)));
                case "UPDATE" ->
                        add(subjects, (status.has("uuid") ? "" : "answers-") + task, event);
                default -> add(subjects, type, event);
            }
        }
        return subjects;
    }

    private static void add(Map<String, List<String>> subjects, String subject, JsonNode event) {
        subjects.computeIfAbsent(subject, _ -> new ArrayList<>()).add(Likeness.of(event));
    }

    private static String framework(JsonNode event) {
        return event.path("subscribed").path("framework_id").path("value").asString("");
    }

    @Override
    public void close() {
        streams.values().forEach(Stream::close);
    }
}
