package io.meseta.master.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.testing.FuzzedCluster;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.master.Call;
import io.meseta.model.AgentId;
import io.meseta.testkit.fuzz.Fuzz;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What operators want of machines: schedules, drains, agents that are gone or back.
public final class UpkeepCallsFuzz {

    private static final int WISHES_MAX = 8;

    private static final Fuzz FUZZ =
            Fuzz.of(UpkeepCallsFuzz.class, UpkeepCallsFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var cluster = new FuzzedCluster(input);
        for (int i = 0; i < WISHES_MAX && !cluster.choices().isOver(); i++) {
            try {
                cluster.put(new Command.KeepUp(wish(cluster)));
                assertThat(MachineWriting.status(cluster.stage().cluster(), _ -> true)).isNotNull();
            } catch (Unacceptable refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
            cluster.meanwhile();
        }
        cluster.check();
    }

    private static UpkeepWish wish(FuzzedCluster cluster) throws Exception {
        var growth = cluster.growth();
        return switch (cluster.choices().below(8)) {
            case 0, 1 -> {
                var call = growth.like(Call.UpdateMaintenanceSchedule.getDefaultInstance());
                var wire = Call.UpdateMaintenanceSchedule.parseFrom(call.toByteArray());
                yield new UpkeepWish.SetSchedule(MachineReading.windows(wire.getSchedule()));
            }
            case 2 -> {
                var call = growth.like(Call.StartMaintenance.getDefaultInstance());
                var wire = Call.StartMaintenance.parseFrom(call.toByteArray());
                yield new UpkeepWish.TakeDown(MachineReading.machines(wire.getMachinesList()));
            }
            case 3 -> {
                var call = growth.like(Call.StopMaintenance.getDefaultInstance());
                var wire = Call.StopMaintenance.parseFrom(call.toByteArray());
                yield new UpkeepWish.BringUp(MachineReading.machines(wire.getMachinesList()));
            }
            case 4 -> drain(cluster);
            case 5 -> new UpkeepWish.DeactivateAgent(agent(cluster));
            case 6 -> new UpkeepWish.ReactivateAgent(agent(cluster));
            default -> new UpkeepWish.MarkGone(agent(cluster));
        };
    }

    private static UpkeepWish drain(FuzzedCluster cluster) throws Exception {
        var call = cluster.growth().like(Call.DrainAgent.getDefaultInstance());
        var wire = Call.DrainAgent.parseFrom(call.toByteArray());
        return new UpkeepWish.DrainAgent(
                agent(cluster), MachineReading.grace(wire), wire.getMarkGone());
    }

    private static AgentId agent(FuzzedCluster cluster) throws Unacceptable {
        return cluster.choices().below(4) == 3
                ? WireIds.read(cluster.choices().text(), AgentId::new)
                : cluster.choices().of(cluster.agents());
    }
}
