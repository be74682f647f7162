package io.meseta.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.client.ClientFault.Garbled;
import io.meseta.client.ClientFault.Rejected;
import io.meseta.client.Http.Outgoing;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import io.meseta.mesos.v1.master.Response.GetAgents;
import io.meseta.mesos.v1.master.Response.GetFrameworks;
import io.meseta.mesos.v1.master.Response.GetTasks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The leading master, as operators and frameworks see it. Safe to share between threads.
///
/// Every call waits at most the given timeout and throws a [ClientFault] when it fails. Any master
/// will do: the one that does not lead sends us on.
public final class Master implements AutoCloseable {

    /// The port at which a master listens unless told otherwise.
    public static final int PORT = 5050;

    static final String PROTOBUF = "application/x-protobuf";

    /// The largest answer that is read: the tasks of a large cluster.
    private static final long ANSWER_BYTES_MAX = 256L * 1024 * 1024;

    private static final int SMALL_BYTES_MAX = 1024 * 1024;
    private static final int NOT_FOUND = 404;

    private final Masters masters;
    private final boolean isBehindGateway;
    private final Identity identity;
    private final Http http;

    /// As nobody, for a cluster that is open.
    public Master(Endpoint endpoint, Duration timeout) {
        this(List.of(endpoint), timeout, Identity.nobody());
    }

    /// Any of these, or whom they send us to, as nobody.
    public Master(List<Endpoint> endpoints, Duration timeout) {
        this(endpoints, timeout, Identity.nobody());
    }

    /// Any of these, or whom they send us to. While none of several leads, calls wait for one for
    /// as long as the timeout.
    public Master(List<Endpoint> endpoints, Duration timeout, Identity identity) {
        this(new Masters(endpoints, timeout), false, timeout, identity);
    }

    private Master(Masters masters, boolean isBehindGateway, Duration timeout, Identity identity) {
        this.masters = masters;
        this.isBehindGateway = isBehindGateway;
        this.identity = identity;
        this.http = new Http(timeout, identity);
    }

    /// Whoever leads, and all agents, by way of the gateway alone. While none leads, calls wait for
    /// one for as long as the timeout.
    public static Master behind(Endpoint gateway, Duration timeout, Identity identity) {
        return new Master(Masters.behind(gateway, timeout), true, timeout, identity);
    }

    /// The master that is asked first at the moment, or the gateway.
    public Endpoint endpoint() {
        return masters.endpoint();
    }

    /// An agent of this cluster, to whom we are who we are to the master.
    ///
    /// @param place where it answers itself; of no matter to whoever comes by the gateway
    public Agent agent(AgentID id, Endpoint place, Duration timeout) {
        if (!isBehindGateway) return new Agent(place, timeout, identity);
        var path = "/agents/" + segment(id.getValue());
        return new Agent(masters.endpoint(), path, timeout, identity);
    }

    /// Makes an operator call that answers with a message.
    public Response call(Call call) {
        var answer = posted("/api/v1", call.toByteString(), ANSWER_BYTES_MAX);
        try {
            return Response.parseFrom(answer.body());
        } catch (InvalidProtocolBufferException _) {
            throw new Garbled(answer.address(), "no operator response");
        }
    }

    public GetTasks tasks() {
        return call(of(Call.Type.GET_TASKS)).getGetTasks();
    }

    public GetAgents agents() {
        return call(of(Call.Type.GET_AGENTS)).getGetAgents();
    }

    public GetFrameworks frameworks() {
        return call(of(Call.Type.GET_FRAMEWORKS)).getGetFrameworks();
    }

    /// Removes a framework and kills what it runs.
    public void teardown(FrameworkID framework) {
        var call =
                Call.newBuilder()
                        .setType(Call.Type.TEARDOWN)
                        .setTeardown(Call.Teardown.newBuilder().setFrameworkId(framework))
                        .build();
        posted("/api/v1", call.toByteString(), SMALL_BYTES_MAX);
    }

    /// Asks for a task's end; the task ends later. False when the master knows no such task.
    public boolean kill(FrameworkID framework, TaskID task) {
        var path =
                "/api/meseta/v1/tasks/%s/%s:kill"
                        .formatted(segment(framework.getValue()), segment(task.getValue()));
        try {
            masters.ask(master ->
                    http.whole(
                            Outgoing.post(master.at(path), Map.of(), ByteString.EMPTY),
                            SMALL_BYTES_MAX));
            return true;
        } catch (Rejected rejected) {
            if (rejected.status() == NOT_FOUND) {
                return false;
            }
            throw rejected;
        }
    }

    /// Begins a framework's conversation. The info holds the framework's id when it has one.
    public Subscription subscribe(FrameworkInfo framework) {
        return masters.ask(master -> Subscription.open(http, master, framework));
    }

    private Http.Answer<byte[]> posted(String path, ByteString body, long bytesMax) {
        var headers = Map.of("Content-Type", PROTOBUF, "Accept", PROTOBUF);
        return masters.ask(
                master -> http.whole(Outgoing.post(master.at(path), headers, body), bytesMax));
    }

    private static Call of(Call.Type type) {
        return Call.newBuilder().setType(type).build();
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
