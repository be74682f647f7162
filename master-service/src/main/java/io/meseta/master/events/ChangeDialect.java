package io.meseta.master.events;

import io.meseta.master.core.task.Task;
import io.meseta.master.engine.Committed;
import io.meseta.master.records.RecordJson;
import io.meseta.master.records.RecordWriting;
import io.meseta.master.views.ClusterView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Our own stream: snapshots, changes and beats as server-sent events (decision 0012).
final class ChangeDialect implements Dialect {

    private static final byte[] NOTHING = new byte[0];

    private final InstantSource clock;

    ChangeDialect(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<News> news(Position from, List<Committed> batches, Position to) {
        var touched = Gathering.of(from.cluster(), to.cluster(), Touches.of(batches));
        return touched.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(to.id(), now(), touched));
    }

    @Override
    public void snapshot(Position position, Audience audience, OutputStream out)
            throws IOException {
        var view = new ClusterView(position.cluster(), audience.visibility());
        var cluster = view.cluster();
        out.write(SseFrames.head("snapshot", position.id()));
        out.write(ascii("{\"time\":\"" + now() + "\",\"agents\":["));
        write(view.agents(), agent -> RecordWriting.agent(agent, cluster), out);
        out.write(ascii("],\"frameworks\":["));
        write(view.frameworks(), framework -> RecordWriting.framework(framework, cluster), out);
        out.write(ascii("],\"tasks\":["));
        write(tasks(view), task -> RecordWriting.task(task, cluster), out);
        out.write(ascii("]}"));
        out.write(SseFrames.TAIL);
    }

    /// The ended ones come first: a task that has the id of one that has ended takes its place.
    private static Stream<Task> tasks(ClusterView view) {
        return Stream.concat(view.completedTasks(), view.tasks());
    }

    private static <T> void write(Stream<T> all, Function<T, Object> record, OutputStream out)
            throws IOException {
        var each = all.iterator();
        while (each.hasNext()) {
            out.write(RecordJson.write(record.apply(each.next())));
            if (each.hasNext()) out.write(',');
        }
    }

    @Override
    public boolean measuresSnapshots() {
        return false;
    }

    @Override
    public byte[] beforeSnapshot(long bytes) {
        return NOTHING;
    }

    @Override
    public byte[] afterSnapshot(Position position, Audience audience) {
        return NOTHING;
    }

    @Override
    public byte[] beat(Audience audience, long sequence) {
        return SseFrames.event("beat", Map.of("time", now()));
    }

    @Override
    public byte[] end(Audience audience, String reason) {
        return SseFrames.event("end", Map.of("reason", reason));
    }

    private String now() {
        return clock.instant().toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
