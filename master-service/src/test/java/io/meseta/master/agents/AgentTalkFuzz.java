package io.meseta.master.agents;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.state.Usage;
import io.meseta.master.testing.FuzzedCluster;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.protobuf.MalformedProtobuf;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.wire.agent.AgentCall;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What agents say, several things in a row, through the real readers into a real core.
public final class AgentTalkFuzz {

    private static final int CALLS_MAX = 8;

    private static final Fuzz FUZZ =
            Fuzz.of(AgentTalkFuzz.class, AgentTalkFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> takesWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var cluster = new FuzzedCluster(input);
        for (int i = 0; i < CALLS_MAX && !cluster.choices().isOver(); i++) {
            var grown = cluster.growth().like(AgentCall.getDefaultInstance());
            call(cluster, plausible(cluster, grown), i);
            Usage.of(cluster.stage().cluster());
            cluster.meanwhile();
        }
        cluster.check();
    }

    /// A port and a host name that are none end every hello at once: most have some.
    private static byte[] plausible(FuzzedCluster cluster, AgentCall grown) {
        var call = grown.toBuilder();
        if (call.hasHello() && cluster.choices().below(8) > 0)
            call.getHelloBuilder()
                    .getAgentInfoBuilder()
                    .setHostname("a1.example.org")
                    .setPort(5051);
        return call.buildPartial().toByteArray();
    }

    /// The way of a call in `AgentLinkApi`, without HTTP.
    private static void call(FuzzedCluster cluster, byte[] body, int number) {
        try {
            var call =
                    MesosProtobuf.read(
                            body, AgentCall.getDefaultInstance(), ProtobufLimits.DEFAULT);
            switch (call.getCallCase()) {
                case HELLO ->
                        cluster.put(
                                HelloReading.read(
                                        call.getHello(), new LinkId("fuzz-" + number), "ann"));
                case REPORTS -> {
                    var known = cluster.stage().cluster().agents().values().stream();
                    var agent = known.filter(each -> each.link().isPresent()).findFirst();
                    if (agent.isPresent()) report(cluster, agent.get(), call);
                }
                case HEARTBEAT, CALL_NOT_SET -> {}
            }
        } catch (Unacceptable | MalformedProtobuf _) {
            // Said in words.
        }
    }

    private static void report(FuzzedCluster cluster, Agent agent, AgentCall call)
            throws Unacceptable {
        var reading = new ReportReading(agent.id(), agent.link().orElseThrow());
        reading.read(call.getReports()).forEach(cluster::put);
    }
}
