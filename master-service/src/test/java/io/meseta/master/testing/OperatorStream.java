package io.meseta.master.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.events.OperatorEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// An operator who has subscribed, and reads Mesos' events and ours.
public final class OperatorStream implements AutoCloseable {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;

    private final RawHttp.Flow flow;
    private final boolean isJson;
    private final List<OperatorEvent> events = new CopyOnWriteArrayList<>();
    private final List<Integer> unknown = new CopyOnWriteArrayList<>();
    private volatile boolean isEnded;

    private OperatorStream(RawHttp.Flow flow, boolean isJson) {
        this.flow = flow;
        this.isJson = isJson;
        var _ = Thread.ofVirtual().start(this::listen);
    }

    public static OperatorStream open(RawHttp http, String type, String... headers) {
        boolean isJson = !type.equals(PROTOBUF);
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE).build();
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: " + type);
        all.add("Accept: " + type);
        var flow =
                http.open(
                        "POST",
                        "/api/v1",
                        isJson ? MesosJson.write(call) : call.toByteArray(),
                        all.toArray(String[]::new));
        assertThat(flow.status()).isEqualTo(200);
        return new OperatorStream(flow, isJson);
    }

    public List<OperatorEvent> events() {
        return events;
    }

    /// The numbers of fields that Mesos' own message does not have; only of protobuf.
    public List<Integer> unknown() {
        return unknown;
    }

    public boolean isEnded() {
        return isEnded;
    }

    public OperatorEvent await(String what, Predicate<OperatorEvent> predicate) {
        return Await.shortly()
                .value(
                        what + " came, beside " + events.size() + " others",
                        () -> events.stream().filter(predicate).findFirst());
    }

    private void listen() {
        try (var records = new RecordReader(flow.body(), RECORD_BYTES_MAX)) {
            for (var next = records.next(); next.isPresent(); next = records.next())
                take(next.get());
        } catch (IOException | UncheckedIOException _) {
            // Either side has hung up.
            isEnded = true;
        } catch (UnreadableJson broken) {
            throw new AssertionError("the master sent rubbish", broken);
        }
        isEnded = true;
    }

    private void take(byte[] record) throws IOException, UnreadableJson {
        if (isJson) {
            events.add(
                    MesosJson.read(record, OperatorEvent.getDefaultInstance(), JsonLimits.DEFAULT));
        } else {
            unknown.addAll(Event.parseFrom(record).getUnknownFields().asMap().keySet());
            events.add(OperatorEvent.parseFrom(record));
        }
    }

    @Override
    public void close() {
        flow.close();
    }
}
