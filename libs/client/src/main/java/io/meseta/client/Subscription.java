package io.meseta.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.client.ClientFault.Garbled;
import io.meseta.client.ClientFault.Unreachable;
import io.meseta.client.Http.Answer;
import io.meseta.client.Http.Outgoing;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One conversation of a framework with the leading master: the stream of events that answers
/// SUBSCRIBE, and the calls that belong to it.
///
/// It ends for good when the stream does; whoever wants to go on subscribes again with the
/// framework's id. [#next] is for one thread, calls are for any.
public final class Subscription implements AutoCloseable {

    /// Read ahead of [#next]. A full queue stops the reading, and so, in the end, the master's
    /// writing.
    private static final int QUEUE_MAX = 256;

    private static final int EVENT_BYTES_MAX = 64 * 1024 * 1024;
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;

    private final Http http;
    private final URI leader;
    private final String streamId;
    private final InputStream stream;
    private final BlockingQueue<Next> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread reader;
    private volatile boolean isClosed;

    private sealed interface Next {}

    private record Arrived(Event event) implements Next {}

    private record Ended(ClientFault why) implements Next {}

    private Subscription(Http http, Answer<InputStream> answer) {
        this.http = http;
        this.leader = answer.address();
        this.streamId = answer.headers().getOrDefault("Mesos-Stream-Id", "");
        this.stream = new BufferedInputStream(answer.body());
        this.reader = Thread.ofVirtual().name("subscription").unstarted(this::read);
    }

    static Subscription open(Http http, Endpoint endpoint, FrameworkInfo framework) {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        call.getSubscribeBuilder().setFrameworkInfo(framework);
        if (framework.hasId()) {
            call.setFrameworkId(framework.getId());
        }
        var headers = Map.of("Content-Type", Master.PROTOBUF, "Accept", Master.PROTOBUF);
        var path = endpoint.at("/api/v1/scheduler");
        var answer = http.stream(Outgoing.post(path, headers, call.build().toByteString()));
        var subscription = new Subscription(http, answer);
        subscription.reader.start();
        return subscription;
    }

    /// The next event; empty when none came within `patience`.
    ///
    /// @throws ClientFault when the stream has ended: [Unreachable] as a rule
    public Optional<Event> next(Duration patience) throws InterruptedException {
        var next = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return switch (next) {
            case null -> Optional.empty();
            case Arrived(var event) -> Optional.of(event);
            case Ended ended -> {
                // There is room: this very entry has just left the queue.
                queue.offer(ended);
                throw ended.why();
            }
        };
    }

    /// Makes a call in this conversation; it returns once the master has accepted it.
    ///
    /// @throws ClientFault when the master cannot be reached or refuses the call; [Unreachable] as
    ///   well when it leads no more, since another master does not know this conversation
    public void call(Call call) {
        var headers = Map.of("Content-Type", Master.PROTOBUF, "Mesos-Stream-Id", streamId);
        http.onlyThere(Outgoing.post(leader, headers, call.toByteString()), ANSWER_BYTES_MAX);
    }

    private void read() {
        ClientFault end = new Unreachable(leader, "the event stream ended");
        try {
            var records = new RecordReader(stream, EVENT_BYTES_MAX);
            while (true) {
                var event = records.next();
                if (event.isEmpty()) {
                    break;
                }
                queue.put(new Arrived(Event.parseFrom(event.get())));
            }
        } catch (InvalidProtocolBufferException _) {
            end = new Garbled(leader, "no scheduler event");
        } catch (IOException broken) {
            var reason = isClosed ? "closed by us" : "the event stream broke";
            end = new Unreachable(leader, reason, broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        finish(end);
    }

    private void finish(ClientFault end) {
        try {
            queue.put(new Ended(end));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Hangs up. The master sees a framework that has lost its connection.
    @Override
    public void close() {
        isClosed = true;
        reader.interrupt();
        try {
            stream.close();
        } catch (IOException _) {
            // The connection is gone either way, which is all that closing wants.
        }
    }
}
