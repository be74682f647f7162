package io.meseta.agent.executors;

import com.google.protobuf.ByteString;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.machine.Machine;
import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.mesos.v1.executor.Event;
import io.meseta.model.ExecutorKey;
import io.meseta.platform.streams.StreamOutbox;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The executors that listen, each on one stream. Nothing here waits.
public final class ExecutorStreams implements AutoCloseable {

    /// As often as Mesos says that it is still there.
    private static final Duration HEARTBEAT = Duration.ofMinutes(30);

    /// How an event is written for one listener.
    interface Form extends Function<Event, byte[]> {}

    private record Stream(UUID connection, StreamOutbox outbox, Form form) {

        void say(Event event) {
            outbox.offer(RecordWriter.frame(form.apply(event)));
        }
    }

    private final Map<ExecutorKey, Stream> streams = new ConcurrentHashMap<>();
    private final ExecutorWords words;
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("executor-heartbeats").factory());

    public ExecutorStreams(ExecutorWords words) {
        this.words = words;
        long interval = HEARTBEAT.toMillis();
        var _ = heart.scheduleAtFixedRate(this::beat, interval, interval, TimeUnit.MILLISECONDS);
    }

    /// From now on this stream is the executor's; an older one ends.
    void open(ExecutorKey executor, UUID connection, StreamOutbox outbox, Form form) {
        var before = streams.put(executor, new Stream(connection, outbox, form));
        if (before != null) before.outbox().close();
    }

    /// The stream has ended.
    void closed(ExecutorKey executor, UUID connection) {
        streams.computeIfPresent(
                executor, (_, stream) -> stream.connection().equals(connection) ? null : stream);
    }

    /// Ends the stream with words of why.
    void refuse(ExecutorKey executor, UUID connection, String message) {
        find(executor, connection)
                .ifPresent(stream -> {
                    var event =
                            Event.newBuilder()
                                    .setType(Event.Type.ERROR)
                                    .setError(Event.Error.newBuilder().setMessage(message))
                                    .build();
                    stream.outbox().close(RecordWriter.frame(stream.form().apply(event)));
                });
    }

    /// Says it, if the executor still listens on this connection.
    public void tell(AgentExecutor executor, UUID connection, ExecutorWord word, Machine machine) {
        find(executor.key(), connection)
                .ifPresent(stream -> stream.say(words.event(executor, word, machine)));
    }

    /// What its framework says to an executor; lost if it does not listen.
    public void pass(ExecutorKey executor, ByteString data) {
        var stream = streams.get(executor);
        if (stream != null) stream.say(ExecutorWords.message(data));
    }

    private Optional<Stream> find(ExecutorKey executor, UUID connection) {
        return Optional.ofNullable(streams.get(executor))
                .filter(stream -> stream.connection().equals(connection));
    }

    private void beat() {
        var event = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();
        for (var stream : streams.values()) stream.say(event);
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
