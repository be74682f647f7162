package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.wire.agent.Hello;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What each capability changes in what a framework sees on the wire.
final class CapabilitiesIT {

    private TestMaster master;

    @BeforeEach
    void start() {
        master = TestMaster.start();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void hidesAgentsWithGpusFromThoseWhoDoNotUseThem() {
        try (var _ = hello(machine().addResources(Samples.scalar("gpus", 1)));
                var without = subscribe("");
                var with = subscribe("GPU_RESOURCES")) {
            assertThat(names(with)).contains("gpus", "cpus");
            assertThat(offers(without)).isZero();
        }
    }

    @Test
    void hidesAgentsOfOtherRegionsFromThoseWhoDoNotKnowRegions() {
        master.close();
        master = TestMaster.start("meseta.master.advertise.domain=eu/z1");
        try (var _ = hello(machine().setDomain(domain("us")));
                var home = hello(machine().setDomain(domain("eu")));
                var without = subscribe("")) {
            assertThat(without.offer().getAgentId().getValue()).isEqualTo(home.id());
            assertThat(offers(without)).isEqualTo(1);
            without.call("TEARDOWN", "");
            try (var with = subscribe("REGION_AWARE")) {
                var regions = new ArrayList<String>();
                for (int i = 0; i < 2; i++)
                    regions.add(with.offer().getDomain().getFaultDomain().getRegion().getName());
                assertThat(regions).containsExactlyInAnyOrder("eu", "us");
            }
        }
    }

    @Test
    void hidesWhatMayBeTakenBackFromThoseWhoDoNotExpectIt() {
        var revocable =
                Samples.scalar("cpus", 2).toBuilder()
                        .setRevocable(Resource.RevocableInfo.getDefaultInstance())
                        .build();
        try (var _ = hello(machine().addResources(revocable));
                var without = subscribe("")) {
            assertThat(without.offer().getResourcesList()).noneMatch(Resource::hasRevocable);
            without.call("TEARDOWN", "");
            try (var with = subscribe("REVOCABLE_RESOURCES")) {
                assertThat(with.offer().getResourcesList()).anyMatch(Resource::hasRevocable);
            }
        }
    }

    @Test
    void hidesRefinedReservationsFromThoseWhoCannotReadThem() {
        var refined =
                Samples.scalar("cpus", 2).toBuilder()
                        .addReservations(reservation("eng", Resource.ReservationInfo.Type.STATIC))
                        .addReservations(
                                reservation("eng/web", Resource.ReservationInfo.Type.DYNAMIC))
                        .build();
        var info = "{\"user\":\"u\",\"name\":\"n\",\"roles\":[\"eng/web\"],";
        try (var _ = hello(machine().addResources(refined));
                var without =
                        ScriptedFramework.subscribe(
                                master.http(),
                                info + "\"capabilities\":[{\"type\":\"MULTI_ROLE\"}]}")) {
            assertThat(without.offer().getResourcesList())
                    .noneMatch(each -> each.hasReservation() || each.getReservationsCount() > 0);
            without.call("TEARDOWN", "");
            try (var with =
                    ScriptedFramework.subscribe(
                            master.http(),
                            info
                                    + "\"capabilities\":[{\"type\":\"MULTI_ROLE\"},"
                                    + "{\"type\":\"RESERVATION_REFINEMENT\"}]}")) {
                assertThat(with.offer().getResourcesList())
                        .anyMatch(each -> each.getReservationsCount() == 2);
            }
        }
    }

    @Test
    void writesReservationsInTheOlderFormForThoseWhoKnowNoOther() {
        var reserved =
                Samples.scalar("cpus", 2).toBuilder()
                        .addReservations(reservation("dev", Resource.ReservationInfo.Type.STATIC))
                        .build();
        try (var _ = hello(machine().addResources(reserved));
                var framework =
                        ScriptedFramework.subscribe(
                                master.http(),
                                "{\"user\":\"u\",\"name\":\"n\",\"role\":\"dev\"}")) {
            var offer = framework.offer();

            assertThat(offer.hasAllocationInfo()).isFalse();
            assertThat(offer.getResourcesList())
                    .allMatch(each -> !each.hasAllocationInfo() && each.getReservationsCount() == 0)
                    .anyMatch(CapabilitiesIT::isOfDev);
        }
    }

    @Test
    void tellsOfTasksOutOfReachInTheWordsThatTheFrameworkKnows() {
        for (boolean isAware : List.of(true, false)) {
            try (var agent = hello(machine());
                    var framework = subscribe(isAware ? "PARTITION_AWARE" : "")) {
                framework.launch(framework.offer(), Samples.task("t", agent.id()));
                agent.await("the launch", message -> message.getOrder().hasLaunch());
                agent.report(id(framework), task(), TaskState.TASK_RUNNING);
                update(framework, TaskState.TASK_RUNNING);
                lose(agent);

                var state = isAware ? TaskState.TASK_UNREACHABLE : TaskState.TASK_LOST;
                var lost = update(framework, state);
                assertThat(lost.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REMOVED);
                assertThat(lost.hasUnreachableTime()).isTrue();
                assertThat(lost.hasUuid()).isFalse();
                framework.call(
                        "RECONCILE", "\"reconcile\":{\"tasks\":[{\"task_id\":{\"value\":\"t\"}}]}");
                var answer =
                        framework
                                .await(
                                        "the answer",
                                        event ->
                                                event.getUpdate().getStatus().getReason()
                                                        == TaskStatus.Reason.REASON_RECONCILIATION)
                                .getUpdate()
                                .getStatus();
                assertThat(answer.getState()).isEqualTo(state);
                assertThat(answer.getMessage()).isEqualTo("Reconciliation: Task is unreachable");
                assertThat(answer.getUnreachableTime()).isEqualTo(lost.getUnreachableTime());
                framework.call("TEARDOWN", "");
            }
        }
    }

    @Test
    void passesOnThatATaskIsBeingKilled() {
        try (var agent = hello(machine());
                var framework = subscribe("TASK_KILLING_STATE")) {
            framework.launch(framework.offer(), Samples.task("t", agent.id()));
            var launch = agent.await("the launch", message -> message.getOrder().hasLaunch());
            assertThat(
                            launch.getOrder()
                                    .getLaunch()
                                    .getFramework()
                                    .getCapabilitiesList()
                                    .toString())
                    .contains("TASK_KILLING_STATE");
            agent.report(id(framework), task(), TaskState.TASK_KILLING);

            assertThat(update(framework, TaskState.TASK_KILLING).hasUuid()).isTrue();
        }
    }

    private void lose(ScriptedAgent agent) {
        agent.close();
        io.meseta.testkit.Await.shortly()
                .until(
                        "the link is lost",
                        () ->
                                master.leadership().cluster().agents().values().stream()
                                        .noneMatch(each -> each.isLinked()));
        master.leadership().pass(Duration.ofMinutes(2));
    }

    private ScriptedFramework subscribe(String capability) {
        var capabilities = capability.isEmpty() ? "" : "{\"type\":\"" + capability + "\"}";
        return ScriptedFramework.subscribe(
                master.http(),
                "{\"user\":\"u\",\"name\":\"n\",\"capabilities\":[" + capabilities + "]}");
    }

    private static io.meseta.mesos.v1.AgentInfo.Builder machine() {
        return ScriptedAgent.machine().getAgentInfo().toBuilder();
    }

    private ScriptedAgent hello(io.meseta.mesos.v1.AgentInfo.Builder info) {
        Hello hello = ScriptedAgent.machine().setAgentInfo(info).build();
        var agent = ScriptedAgent.hello(master.http(), hello);
        agent.id();
        return agent;
    }

    private static DomainInfo domain(String region) {
        return DomainInfo.newBuilder()
                .setFaultDomain(
                        DomainInfo.FaultDomain.newBuilder()
                                .setRegion(
                                        DomainInfo.FaultDomain.RegionInfo.newBuilder()
                                                .setName(region))
                                .setZone(
                                        DomainInfo.FaultDomain.ZoneInfo.newBuilder()
                                                .setName(region + "-1")))
                .build();
    }

    private static Resource.ReservationInfo reservation(
            String role, Resource.ReservationInfo.Type type) {
        return Resource.ReservationInfo.newBuilder().setRole(role).setType(type).build();
    }

    @SuppressWarnings("deprecation") // the older form is what this is about
    private static boolean isOfDev(Resource resource) {
        return resource.getRole().equals("dev");
    }

    private static List<String> names(ScriptedFramework framework) {
        return framework.offer().getResourcesList().stream().map(Resource::getName).toList();
    }

    private static long offers(ScriptedFramework framework) {
        return framework.events().stream().filter(Event::hasOffers).count();
    }

    private static TaskStatus update(ScriptedFramework framework, TaskState state) {
        return framework
                .await(
                        state.name(),
                        event ->
                                event.hasUpdate()
                                        && event.getUpdate().getStatus().getState() == state)
                .getUpdate()
                .getStatus();
    }

    private static FrameworkID id(ScriptedFramework framework) {
        return FrameworkID.newBuilder().setValue(framework.id()).build();
    }

    private static TaskID task() {
        return TaskID.newBuilder().setValue("t").build();
    }
}
