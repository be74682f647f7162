package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command.Greet;
import io.meseta.master.core.cluster.Command.HeldExecutor;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DomainsTest {

    private static final FrameworkId FRAMEWORK = new FrameworkId("f");

    @Test
    void changesNothingOfAGreetingButItsPlace() throws Unacceptable {
        var greet =
                new Greet(
                        Optional.of(new AgentId("a")),
                        new AgentProfile(
                                "host", 5051, Resources.EMPTY, Set.of(), "1", Opaque.EMPTY),
                        new LinkId("link"),
                        new Recollection(new Epoch(1), 2),
                        List.of(
                                new HeldTask(
                                        new TaskKey(FRAMEWORK, new TaskId("t")),
                                        TaskState.TASK_RUNNING)),
                        List.of(new Outcome(1, OperationState.OPERATION_FINISHED, "")),
                        List.of(
                                new HeldExecutor(
                                        new ExecutorKey(FRAMEWORK, new ExecutorId("e")), 1)));
        var info = AgentInfo.newBuilder().setHostname("host");
        info.getDomainBuilder()
                .getFaultDomainBuilder()
                .setRegion(
                        io.meseta.mesos.v1.DomainInfo.FaultDomain.RegionInfo.newBuilder()
                                .setName("there"))
                .setZone(
                        io.meseta.mesos.v1.DomainInfo.FaultDomain.ZoneInfo.newBuilder()
                                .setName("z"));

        var placed = new Domains(Optional.of("here"), true).placed(greet, info.build());

        assertThat(placed.profile().site().isRemote()).isTrue();
        assertThat(placed).usingRecursiveComparison().ignoringFields("profile").isEqualTo(greet);
    }
}
