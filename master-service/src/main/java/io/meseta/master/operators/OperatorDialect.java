package io.meseta.master.operators;

import io.meseta.master.doors.Format;
import io.meseta.master.engine.Committed;
import io.meseta.master.events.Audience;
import io.meseta.master.events.Dialect;
import io.meseta.master.events.News;
import io.meseta.master.events.Position;
import io.meseta.master.views.ClusterView;
import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.mesos.v1.master.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Mesos' stream for operators: the state, a heartbeat, then each event on its own.
final class OperatorDialect implements Dialect {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final byte[] NOTHING = new byte[0];
    private static final Event HEARTBEAT = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    private final double heartbeatSeconds;

    OperatorDialect(Duration heartbeatInterval) {
        this.heartbeatSeconds = heartbeatInterval.toMillis() / MILLIS_PER_SECOND;
    }

    @Override
    public Optional<News> news(Position from, List<Committed> batches, Position to) {
        var told = batches.stream().flatMap(OperatorNews::of).toList();
        return told.isEmpty() ? Optional.empty() : Optional.of(new Happenings(told));
    }

    @Override
    public void snapshot(Position position, Audience audience, OutputStream out)
            throws IOException {
        var view = new ClusterView(position.cluster(), audience.visibility());
        new ClusterAnswers(view).subscribed(audience.format(), heartbeatSeconds, out);
    }

    /// A record begins with its length.
    @Override
    public boolean measuresSnapshots() {
        return true;
    }

    @Override
    public byte[] beforeSnapshot(long bytes) {
        return (bytes + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] afterSnapshot(Audience audience) {
        return beat(audience);
    }

    @Override
    public byte[] beat(Audience audience) {
        return frame(audience.format(), HEARTBEAT);
    }

    /// Mesos has no word for it.
    @Override
    public byte[] end(Audience audience, String reason) {
        return NOTHING;
    }

    private static byte[] frame(Format format, Event event) {
        return RecordWriter.frame(format.write(event));
    }

    /// Some events in a row.
    private record Happenings(List<OperatorNews.Told> told) implements News {

        private static final int OBJECTS_COST = 512;

        @Override
        public long cost() {
            return told.stream()
                    .mapToLong(each -> OBJECTS_COST + 2L * each.event().getSerializedSize())
                    .sum();
        }

        @Override
        public byte[] frame(Audience audience) {
            var out = new ByteArrayOutputStream();
            for (var each : told)
                if (each.mayHear().test(audience.visibility()))
                    out.writeBytes(OperatorDialect.frame(audience.format(), each.event()));
            return out.toByteArray();
        }
    }
}
