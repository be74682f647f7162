package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.client.Master;
import io.meseta.client.Subscription;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A framework launches a group of two tasks by the built-in executor; one of them fails, and so
/// ends the other.
final class TaskGroupIT {

    @RegisterExtension static final Running RUNNING = Running.cluster(Setup.named("task-group"));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EXECUTOR = "pod";

    private final List<Event> events = new ArrayList<>();
    private final Set<ByteString> acknowledged = new HashSet<>();

    @Test
    void endsAGroupOfWhichOneTaskFails(@TempDir Path gates) throws Exception {
        var gate = gates.resolve("open");
        try (var master = new Master(RUNNING.cluster().masterEndpoints(), PATIENCE);
                var subscription = master.subscribe(info())) {
            var framework =
                    await(subscription, "SUBSCRIBED", Event::hasSubscribed)
                            .getSubscribed()
                            .getFrameworkId();
            var offer = await(subscription, "an offer", Event::hasOffers).getOffers().getOffers(0);

            subscription.call(
                    accept(
                            framework,
                            offer,
                            task(
                                    "failing",
                                    "while [ ! -e '%s' ]; do sleep 0.1; done; exit 3"
                                            .formatted(gate),
                                    offer),
                            task("patient", "sleep 600", offer)));
            await(subscription, framework, "failing", TaskState.TASK_RUNNING);
            await(subscription, framework, "patient", TaskState.TASK_RUNNING);
            assertThat(executors(master)).containsExactly(EXECUTOR);
            Files.createFile(gate);
            var failed = await(subscription, framework, "failing", TaskState.TASK_FAILED);
            await(subscription, framework, "patient", TaskState.TASK_KILLED);
            var end = await(subscription, framework, "FAILURE", Event::hasFailure).getFailure();

            assertThat(failed.getExecutorId().getValue()).isEqualTo(EXECUTOR);
            assertThat(states("failing"))
                    .containsExactly(
                            TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FAILED);
            assertThat(states("patient"))
                    .containsExactly(
                            TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLED);
            assertThat(end.getExecutorId().getValue()).isEqualTo(EXECUTOR);
            assertThat(end.getAgentId()).isEqualTo(offer.getAgentId());
            assertThat(executors(master)).isEmpty();
            Await.within(PATIENCE)
                    .until("all is acknowledged", () -> master.tasks().getTasksCount() == 0);
            assertThat(RUNNING.cluster().tasksOf(1)).isEmpty();
            master.teardown(framework);
        }
    }

    private List<TaskState> states(String task) {
        return events.stream()
                .filter(Event::hasUpdate)
                .map(event -> event.getUpdate().getStatus())
                .filter(status -> status.getTaskId().getValue().equals(task))
                .map(TaskStatus::getState)
                .distinct()
                .toList();
    }

    private static List<String> executors(Master master) {
        var call =
                io.meseta.mesos.v1.master.Call.newBuilder()
                        .setType(io.meseta.mesos.v1.master.Call.Type.GET_EXECUTORS);
        return master.call(call.build()).getGetExecutors().getExecutorsList().stream()
                .map(each -> each.getExecutorInfo().getExecutorId().getValue())
                .toList();
    }

    private Event await(Subscription subscription, String what, Predicate<Event> wanted)
            throws InterruptedException {
        return await(subscription, FrameworkID.getDefaultInstance(), what, wanted);
    }

    private TaskStatus await(
            Subscription subscription, FrameworkID framework, String task, TaskState state)
            throws InterruptedException {
        return await(
                        subscription,
                        framework,
                        task + " " + state,
                        event ->
                                event.getUpdate().getStatus().getState() == state
                                        && event.getUpdate()
                                                .getStatus()
                                                .getTaskId()
                                                .getValue()
                                                .equals(task))
                .getUpdate()
                .getStatus();
    }

    /// Hears until it comes, and acknowledges what is to be.
    private Event await(
            Subscription subscription, FrameworkID framework, String what, Predicate<Event> wanted)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var known = events.stream().filter(wanted).findFirst();
        if (known.isPresent()) return known.get();
        while (System.nanoTime() < end) {
            var next = subscription.next(Duration.ofMillis(100));
            if (next.isEmpty()) continue;
            events.add(next.get());
            acknowledge(subscription, framework, next.get().getUpdate().getStatus());
            if (wanted.test(next.get())) return next.get();
        }
        throw new AssertionError(what + " has not come; heard: " + events);
    }

    private void acknowledge(Subscription subscription, FrameworkID framework, TaskStatus status) {
        if (!status.hasUuid() || !acknowledged.add(status.getUuid())) return;
        var call = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE).setFrameworkId(framework);
        call.getAcknowledgeBuilder()
                .setAgentId(status.getAgentId())
                .setTaskId(status.getTaskId())
                .setUuid(status.getUuid());
        subscription.call(call.build());
    }

    private static FrameworkInfo info() {
        return FrameworkInfo.newBuilder()
                .setUser(System.getProperty("user.name", "root"))
                .setName("grouping")
                .setCheckpoint(true)
                .addRoles("*")
                .addCapabilities(
                        FrameworkInfo.Capability.newBuilder()
                                .setType(FrameworkInfo.Capability.Type.MULTI_ROLE))
                .build();
    }

    private static Call accept(FrameworkID framework, Offer offer, TaskInfo... tasks) {
        var group = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH_GROUP);
        group.getLaunchGroupBuilder()
                .setExecutor(
                        ExecutorInfo.newBuilder()
                                .setType(ExecutorInfo.Type.DEFAULT)
                                .setExecutorId(ExecutorID.newBuilder().setValue(EXECUTOR))
                                .setFrameworkId(framework)
                                .addResources(scalar("cpus", 0.1, offer))
                                .addResources(scalar("mem", 32, offer))
                                .addResources(scalar("disk", 32, offer)))
                .getTaskGroupBuilder()
                .addAllTasks(List.of(tasks));
        var call = Call.newBuilder().setType(Call.Type.ACCEPT).setFrameworkId(framework);
        call.getAcceptBuilder()
                .addOfferIds(offer.getId())
                .addOperations(group)
                .getFiltersBuilder()
                .setRefuseSeconds(0);
        return call.build();
    }

    private static TaskInfo task(String id, String script, Offer offer) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AgentID.newBuilder().setValue(offer.getAgentId().getValue()))
                .setCommand(CommandInfo.newBuilder().setShell(true).setValue(script))
                .addResources(scalar("cpus", 0.1, offer))
                .addResources(scalar("mem", 32, offer))
                .build();
    }

    private static Resource scalar(String name, double amount, Offer offer) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .setAllocationInfo(offer.getAllocationInfo())
                .build();
    }
}
