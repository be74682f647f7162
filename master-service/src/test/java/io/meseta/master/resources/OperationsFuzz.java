package io.meseta.master.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.testing.FuzzedCluster;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.model.Principal;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What operators want done to an agent's resources, by calls and by the older forms.
public final class OperationsFuzz {

    private static final int OPERATIONS_MAX = 6;

    private static final Fuzz FUZZ =
            Fuzz.of(
                    OperationsFuzz.class,
                    OperationsFuzz::fuzzerTestOneInput,
                    OperationsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(2_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        checkForm(input);
        var cluster = new FuzzedCluster(input);
        for (int i = 0; i < OPERATIONS_MAX && !cluster.choices().isOver(); i++) {
            var grown = cluster.growth().like(Operation.getDefaultInstance());
            try {
                operate(cluster, Operation.parseFrom(grown.toByteArray()));
            } catch (Unacceptable refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
            cluster.meanwhile();
        }
        cluster.check();
    }

    /// The way of an operation in `ResourceCalls`, without HTTP.
    private static void operate(FuzzedCluster cluster, Operation sent) throws Unacceptable {
        switch (sent.getType()) {
            case UNKNOWN, LAUNCH, LAUNCH_GROUP -> {
                // No operator's.
            }
            default -> {
                OperationWire.check(sent);
                var id = cluster.choices().of(cluster.agents());
                var agent = cluster.stage().cluster().agent(id);
                if (agent.isEmpty()) return;
                var principal =
                        cluster.choices().coin()
                                ? Optional.of(new Principal("ann"))
                                : Optional.<Principal>empty();
                var spec =
                        new SpecReading(Asker.operator(principal, agent.get()))
                                .read(OperationWire.upgraded(sent));
                cluster.put(new Command.Operate(id, spec));
            }
        }
    }

    private static void checkForm(byte[] input) {
        try {
            var form = ResourceForm.of(input, "Error parsing");
            assertThat(form.agent()).isNotNull();
            assertThat(form.resources("resources")).isNotNull();
            assertThat(form.resourcesIfAny("source")).isNotNull();
        } catch (Unacceptable refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "slaveId=S0&resources=[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":"
                                + "{\"value\":1},\"role\":\"dev\"}]",
                        "slaveId=%53&resources=%5b%5d;source=[]",
                        "slaveId=%zz&resources={}")
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
