package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our codec against what a real Mesos has read and written, where a recording is present beside
/// the repository.
class RecordedTrafficTest {

    /// Numbers that Mesos silently squeezes into 32 bits; we say that they do not fit.
    private static final Set<String> REFUSED_ON_PURPOSE =
            Set.of("json-set-logging-neg-level", "json-set-logging-big-level");

    /// Nested deeper than we go, which we say in our own words.
    private static final Set<String> TOO_DEEP = Set.of("json-deep");

    /// Statuses that are given before a body is looked at.
    private static final Set<Integer> UNREAD = Set.of(307, 401, 404, 405, 406, 415, 503);

    private static final String NOT_JSON = "Failed to parse body into JSON: ";
    private static final String NOT_A_CALL = "Failed to convert JSON into Call protobuf: ";

    /// The master prints the agents' v0 form here, which has one field more.
    private static final String OLD_FIELD_OF_AGENTS = "/agent_info/checkpoint";

    private static final List<Case> CASES = new ArrayList<>();

    /// One recorded exchange with an endpoint of the v1 API.
    private record Case(String group, Map<?, ?> recording) {

        String name() {
            return group + " " + text(recording.get("case"));
        }

        String path() {
            return text(at(recording, "request", "line")).split(" ", -1)[1];
        }

        boolean isForAgent() {
            return header("Host").endsWith(":5051");
        }

        String header(String name) {
            if (!(at(recording, "request", "headers") instanceof List<?> headers)) return "";
            for (var header : headers) {
                if (header instanceof List<?> pair && name.equals(pair.get(0))) {
                    return text(pair.get(1));
                }
            }
            return "";
        }

        /// The body as it was sent, if it went over the wire as itself.
        Optional<String> jsonBody() {
            boolean isPlain =
                    header("Content-Type").equals("application/json")
                            && header("Content-Encoding").isEmpty()
                            && header("Transfer-Encoding").isEmpty();
            return isPlain && at(recording, "request", "body", "text") instanceof String json
                    ? Optional.of(json)
                    : Optional.empty();
        }

        /// 0 if there was no answer.
        int status() {
            var line = text(at(recording, "response", "line"));
            return line.isEmpty() ? 0 : Integer.parseInt(line.split(" ", -1)[1]);
        }
    }

    @BeforeAll
    static void loadTheRecording() throws IOException {
        var folder = recording();
        assumeTrue(folder.isPresent(), "no recording beside the repository");
        try (var files = Files.list(folder.orElseThrow())) {
            for (var file : files.sorted().toList()) {
                if (file.toString().endsWith(".jsonl.gz")) load(file);
            }
        }
    }

    @AfterAll
    static void forgetTheRecording() {
        CASES.clear();
    }

    @Test
    void readsEveryRecordedRequestAsMesosDid() {
        var failures = new ArrayList<String>();
        int count = 0;
        for (var recorded : CASES) {
            var json = recorded.jsonBody();
            var prototype = callFor(recorded);
            boolean isRead = recorded.status() > 0 && !UNREAD.contains(recorded.status());
            if (!isRead || json.isEmpty() || prototype.isEmpty()) continue;
            count++;
            compare(recorded, json.get(), prototype.get()).ifPresent(failures::add);
        }

        assertThat(failures).isEmpty();
        assertThat(count).isGreaterThan(500);
    }

    @Test
    void writesEveryRecordedAnswerAsMesosDid() {
        var failures = new TreeSet<String>();
        int count = 0;
        for (var recorded : CASES) {
            var prototype = responseFor(recorded);
            var json = at(recorded.recording, "response", "json");
            if (!(json instanceof Map<?, ?> tree) || prototype.isEmpty()) continue;
            count++;
            rewrite(recorded, JsonTree.written(tree), prototype.get()).ifPresent(failures::add);
        }

        assertThat(failures).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    @Test
    void writesEveryRecordedEventAsMesosDid() {
        var failures = new TreeSet<String>();
        int count = 0;
        for (var recorded : CASES) {
            var prototype = eventFor(recorded);
            if (!(recorded.recording.get("events") instanceof List<?> events)) continue;
            if (prototype.isEmpty()) continue;
            for (var event : events) {
                if (!(at(event, "event") instanceof Map<?, ?> tree)) continue;
                count++;
                rewrite(recorded, JsonTree.written(tree), prototype.get()).ifPresent(failures::add);
            }
        }

        assertThat(failures).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    private static Optional<String> compare(Case recorded, String json, Message prototype) {
        var answer = text(at(recorded.recording, "response", "body", "text"));
        var got = complaint(json, prototype);
        var name = text(recorded.recording.get("name"));
        boolean isOurs = REFUSED_ON_PURPOSE.contains(name) || TOO_DEEP.contains(name);
        if (isOurs && !got.isEmpty()) return Optional.empty();
        boolean isAboutTheBody = answer.startsWith(NOT_JSON) || answer.startsWith(NOT_A_CALL);
        if (got.equals(isAboutTheBody ? answer : "")) return Optional.empty();
        return Optional.of(recorded.name() + ": " + json + " -> " + got + " but " + answer);
    }

    private static String complaint(String json, Message prototype) {
        try {
            MesosJson.read(json.getBytes(UTF_8), prototype, JsonLimits.DEFAULT);
            return "";
        } catch (UnreadableJson unreadable) {
            return switch (unreadable) {
                case MalformedJson malformed -> NOT_JSON + malformed.getMessage();
                case MisshapenJson misshapen -> NOT_A_CALL + misshapen.getMessage();
                case OversizedJson oversized -> oversized.getMessage();
            };
        }
    }

    private static Optional<String> rewrite(Case recorded, String json, Message prototype) {
        try {
            var limits = new JsonLimits(1 << 28, 100, 1 << 28, 100);
            var message = MesosJson.read(json.getBytes(UTF_8), prototype, limits);
            var ours = JsonTree.withoutEmptyLists(JsonTree.of(MesosJson.write(message)));
            var theirs = JsonTree.withoutEmptyLists(JsonTree.of(json));
            return JsonTree.difference("", ours, theirs, OLD_FIELD_OF_AGENTS)
                    .map(difference -> recorded.name() + ": " + difference);
        } catch (UnreadableJson unreadable) {
            return Optional.of(recorded.name() + ": " + unreadable.getMessage());
        }
    }

    private static Optional<Message> callFor(Case recorded) {
        return switch (recorded.path()) {
            case "/api/v1/scheduler", "/master/api/v1/scheduler" ->
                    Optional.of(io.meseta.mesos.v1.scheduler.Call.getDefaultInstance());
            case "/api/v1/executor" ->
                    Optional.of(io.meseta.mesos.v1.executor.Call.getDefaultInstance());
            case "/api/v1" ->
                    Optional.of(
                            recorded.isForAgent()
                                    ? io.meseta.mesos.v1.agent.Call.getDefaultInstance()
                                    : io.meseta.mesos.v1.master.Call.getDefaultInstance());
            default -> Optional.empty();
        };
    }

    private static Optional<Message> responseFor(Case recorded) {
        return switch (recorded.path()) {
            case "/api/v1/scheduler" ->
                    Optional.of(io.meseta.mesos.v1.scheduler.Response.getDefaultInstance());
            case "/api/v1" ->
                    Optional.of(
                            recorded.isForAgent()
                                    ? io.meseta.mesos.v1.agent.Response.getDefaultInstance()
                                    : io.meseta.mesos.v1.master.Response.getDefaultInstance());
            default -> Optional.empty();
        };
    }

    private static Optional<Message> eventFor(Case recorded) {
        return switch (recorded.path()) {
            case "/api/v1/scheduler" ->
                    Optional.of(io.meseta.mesos.v1.scheduler.Event.getDefaultInstance());
            case "/api/v1/executor" ->
                    Optional.of(io.meseta.mesos.v1.executor.Event.getDefaultInstance());
            case "/api/v1" ->
                    recorded.isForAgent()
                            ? Optional.empty()
                            : Optional.of(io.meseta.mesos.v1.master.Event.getDefaultInstance());
            default -> Optional.empty();
        };
    }

    private static void load(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file));
                var lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!(JsonTree.of(line) instanceof Map<?, ?> recording)) continue;
                if (!(at(recording, "request", "line") instanceof String request)) continue;
                if (!request.contains("/api/v1")) continue;
                CASES.add(new Case(file.getFileName().toString(), recording));
            }
        }
    }

    /// The folder, however deep below the repository the tests are run.
    private static Optional<Path> recording() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var folder = at.resolve("shared/reference/corpus");
            if (Files.isDirectory(folder)) return Optional.of(folder);
        }
        return Optional.empty();
    }

    private static @Nullable Object at(@Nullable Object tree, String... names) {
        var found = tree;
        for (var name : names) found = found instanceof Map<?, ?> map ? map.get(name) : null;
        return found;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
