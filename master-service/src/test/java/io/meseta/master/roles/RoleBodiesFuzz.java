package io.meseta.master.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.doors.CallReader.Read;
import io.meseta.master.testing.FuzzedCluster;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.quota.QuotaRequest;
import io.meseta.model.Role;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Quotas and weights that operators want, by calls and by the older bodies and paths.
public final class RoleBodiesFuzz {

    private static final RolesProperties ANY = new RolesProperties(List.of());
    private static final int WISHES_MAX = 6;

    private static final Fuzz FUZZ =
            Fuzz.of(
                    RoleBodiesFuzz.class,
                    RoleBodiesFuzz::fuzzerTestOneInput,
                    RoleBodiesFuzz::seeds);

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
        checkOlder(input);
        var cluster = new FuzzedCluster(input);
        for (int i = 0; i < WISHES_MAX && !cluster.choices().isOver(); i++) {
            try {
                wish(cluster);
            } catch (Unacceptable refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
            cluster.meanwhile();
        }
        cluster.check();
    }

    private static void wish(FuzzedCluster cluster) throws Exception {
        var growth = cluster.growth();
        switch (cluster.choices().below(4)) {
            case 0 -> {
                var call = growth.like(Call.UpdateQuota.getDefaultInstance()).toByteArray();
                var wire = Call.UpdateQuota.parseFrom(call);
                cluster.put(
                        new Command.UpdateQuotas(
                                new QuotaReading(ANY).configs(wire.getQuotaConfigsList()),
                                wire.getForce()));
            }
            case 1 -> {
                var call = growth.like(Call.UpdateWeights.getDefaultInstance()).toByteArray();
                var wire = Call.UpdateWeights.parseFrom(call).getWeightInfosList();
                cluster.put(new Command.UpdateWeights(new WeightReading(ANY).weights(wire)));
            }
            case 2 -> set(cluster, growth.like(QuotaRequest.getDefaultInstance()));
            default -> {
                var name = cluster.choices().text();
                if (Role.problem(name).isEmpty())
                    cluster.put(new Command.RemoveQuota(new Role(name)));
            }
        }
    }

    private static void set(FuzzedCluster cluster, QuotaRequest grown) throws Exception {
        var wire = QuotaRequest.parseFrom(grown.toByteArray());
        var guarantees = new QuotaReading(ANY).guarantees(wire);
        cluster.put(new Command.SetQuota(new Role(wire.getRole()), guarantees, wire.getForce()));
    }

    private static void checkOlder(byte[] input) {
        for (var read :
                List.of(
                        OlderBodies.quota(new Read.Understood<>(input)),
                        OlderBodies.weights(new Read.Understood<>(input))))
            if (read instanceof Read.Refused<?>(var status, var text)) {
                assertThat(status).isIn(400, 413);
                assertThat(text).isNotEmpty();
            }
        var path = OlderBodies.path(new String(input, StandardCharsets.UTF_8));
        OlderBodies.role(path).ifPresent(role -> assertThat(role).isNotEmpty());
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "[{\"role\":\"dev\",\"weight\":2.5},{\"role\":\"ops\",\"weight\":1}]",
                        "{\"role\":\"dev\",\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\","
                                + "\"scalar\":{\"value\":1}}],\"force\":true}",
                        "[{\"role\":\"dev\"}} ]",
                        "/quota/dev%2Fa+b",
                        "/master/quota/%zz")
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
