package io.meseta.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.client.ClientFault.Garbled;
import io.meseta.client.ClientFault.Rejected;
import io.meseta.client.Http.Outgoing;
import io.meseta.client.json.Json;
import io.meseta.client.json.MalformedJson;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.agent.Call;
import io.meseta.mesos.v1.agent.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An agent, as whoever reads its sandboxes sees it. Safe to share between threads.
public final class Agent implements AutoCloseable {

    /// The port at which an agent listens unless told otherwise.
    public static final int PORT = 5051;

    /// The most that one read gives; the agent may give less.
    public static final int READ_BYTES_MAX = 64 * 1024;

    private static final int STATE_BYTES_MAX = 256 * 1024 * 1024;

    /// A byte is at most six characters of JSON; the rest is for the frame around it.
    private static final int ANSWER_BYTES_MAX = 8 * READ_BYTES_MAX;

    private static final int NOT_FOUND = 404;

    /// Statuses by which an agent says that it has no READ_FILE call.
    private static final List<Integer> NO_SUCH_CALL = List.of(400, 404, 405, 501);

    private final Endpoint endpoint;
    private final String prefix;
    private final Http http;

    /// Once the agent has refused READ_FILE, `/files/read` is asked at once.
    private volatile boolean isPlain;

    /// As nobody, for a cluster that is open.
    public Agent(Endpoint endpoint, Duration timeout) {
        this(endpoint, timeout, Identity.nobody());
    }

    public Agent(Endpoint endpoint, Duration timeout, Identity identity) {
        this(endpoint, "", timeout, identity);
    }

    /// @param prefix of the paths of an agent behind a gateway
    Agent(Endpoint endpoint, String prefix, Duration timeout, Identity identity) {
        this.endpoint = endpoint;
        this.prefix = prefix;
        this.http = new Http(timeout, identity);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// The path of a command task's sandbox, for [#read]; empty when the agent does not know the
    /// task (not yet, or no longer).
    public Optional<String> sandbox(FrameworkID framework, TaskID task) {
        var answer = http.whole(Outgoing.get(endpoint.at(prefix + "/state")), STATE_BYTES_MAX);
        var state = json(answer.address(), answer.body());
        return Stream.of("frameworks", "completed_frameworks")
                .flatMap(list -> state.itemsOf(list).stream())
                .filter(entry -> has(entry, "id", framework.getValue()))
                .flatMap(entry ->
                        Stream.of("executors", "completed_executors")
                                .flatMap(list -> entry.itemsOf(list).stream()))
                .filter(executor -> runs(executor, task.getValue()))
                .flatMap(executor -> executor.textOf("directory").stream())
                .findFirst();
    }

    /// Bytes of a file from `offset` on: none when the file ends there. Empty when there is no such
    /// file (yet).
    public Optional<ByteString> read(String path, long offset) {
        try {
            return Optional.of(isPlain ? readPlain(path, offset) : readExact(path, offset));
        } catch (Rejected rejected) {
            if (!isPlain && NO_SUCH_CALL.contains(rejected.status())) {
                return readPlainFirst(path, offset);
            }
            if (rejected.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw rejected;
        }
    }

    private Optional<ByteString> readPlainFirst(String path, long offset) {
        try {
            var read = readPlain(path, offset);
            isPlain = true;
            return Optional.of(read);
        } catch (Rejected rejected) {
            if (rejected.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw rejected;
        }
    }

    /// By the operator call: its `data` are bytes, so that what a task wrote arrives as it was.
    private ByteString readExact(String path, long offset) {
        var call =
                Call.newBuilder()
                        .setType(Call.Type.READ_FILE)
                        .setReadFile(
                                Call.ReadFile.newBuilder()
                                        .setPath(path)
                                        .setOffset(offset)
                                        .setLength(READ_BYTES_MAX))
                        .build();
        var headers = Map.of("Content-Type", Master.PROTOBUF, "Accept", Master.PROTOBUF);
        var outgoing = Outgoing.post(endpoint.at(prefix + "/api/v1"), headers, call.toByteString());
        var answer = http.whole(outgoing, ANSWER_BYTES_MAX);
        try {
            return Response.parseFrom(answer.body()).getReadFile().getData();
        } catch (InvalidProtocolBufferException _) {
            throw new Garbled(answer.address(), "no operator response");
        }
    }

    private ByteString readPlain(String path, long offset) {
        var query =
                "/files/read?path=%s&offset=%d&length=%d"
                        .formatted(
                                URLEncoder.encode(path, StandardCharsets.UTF_8),
                                offset,
                                READ_BYTES_MAX);
        var answer = http.whole(Outgoing.get(endpoint.at(prefix + query)), ANSWER_BYTES_MAX);
        var data = json(answer.address(), answer.body()).textOf("data").orElse("");
        return ByteString.copyFromUtf8(data);
    }

    private static boolean runs(Json executor, String task) {
        // A command task's executor carries the task's id; other executors list their tasks.
        return has(executor, "id", task)
                || has(executor, "executor_id", task)
                || Stream.of("tasks", "completed_tasks", "queued_tasks")
                        .flatMap(list -> executor.itemsOf(list).stream())
                        .anyMatch(entry -> has(entry, "id", task));
    }

    private static boolean has(Json entry, String name, String value) {
        return entry.textOf(name).filter(value::equals).isPresent();
    }

    private static Json json(URI address, byte[] body) {
        try {
            return Json.parse(new String(body, StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new Garbled(address, String.valueOf(malformed.getMessage()));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
