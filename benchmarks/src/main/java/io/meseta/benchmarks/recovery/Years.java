package io.meseta.benchmarks.recovery;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.ClusterEvent;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.engine.Entry;
import io.meseta.master.wire.Sealed;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.Label;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusSource;
import io.meseta.testkit.cluster.AgentDraft;
import io.meseta.testkit.cluster.FrameworkDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A cluster's life as entries of a journal: frameworks and agents come, tasks run and end.
///
/// Each task brings a description of half a kilobyte; its end is reported and acknowledged.
final class Years {

    static final Epoch EPOCH = new Epoch(1);

    /// What an agent has, a task takes one CPU.
    static final int CPUS = 12;

    static final int MEM_MB = 65_536;

    private static final int FRAMEWORKS = 20;
    private static final int TASKS_PER_AGENT = 10;
    private static final String RESOURCES = "cpus:%d;mem:%d".formatted(CPUS, MEM_MB);
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final int agents;
    private long sequence;
    private long task;

    private Years(int agents) {
        this.agents = agents;
    }

    /// @param live how many tasks there is room for
    static Years withRoomFor(int live) {
        return new Years(Math.max(1, live / TASKS_PER_AGENT));
    }

    /// Agents of which each has room for a dozen tasks.
    static Years on(int agents) {
        return new Years(agents);
    }

    long sequence() {
        return sequence;
    }

    /// Everybody is there, and nothing runs.
    Entry beginning() {
        var events = new ArrayList<Event>();
        events.add(
                new Event.OfCluster(
                        new ClusterEvent.LeadershipTaken(
                                EPOCH, new MasterId("m"), Terms.DEFAULT, now())));
        var framework = FrameworkDraft.aFramework().patientFor(Duration.ofDays(7)).profile();
        for (int i = 0; i < FRAMEWORKS; i++)
            events.add(
                    new Event.OfFramework(
                            new FrameworkEvent.FrameworkRegistered(
                                    framework(i), framework, now())));
        for (int i = 0; i < agents; i++) {
            var agent = AgentDraft.anAgent("host-" + i).with(RESOURCES).profile();
            events.add(new Event.OfAgent(new AgentEvent.AgentAdmitted(agent(i), agent, 0, now())));
        }
        return entry(events);
    }

    /// Some tasks are launched and run.
    Entry launched(int count) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < count; i++) {
            var key = key(task);
            events.add(launch(key, task++));
            events.add(reported(key, TaskState.TASK_RUNNING, UUID.randomUUID()));
        }
        return entry(events);
    }

    /// Some tasks are launched, run, end and are acknowledged.
    Entry completed(int count) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < count; i++) {
            var key = key(task);
            var end = UUID.randomUUID();
            events.add(launch(key, task++));
            events.add(reported(key, TaskState.TASK_RUNNING, UUID.randomUUID()));
            events.add(reported(key, TaskState.TASK_FINISHED, end));
            events.add(new Event.OfTask(new TaskEvent.EndAcknowledged(key, end, now())));
        }
        return entry(events);
    }

    private Entry entry(List<Event> events) {
        return new Entry(++sequence, EPOCH, now(), events);
    }

    private Instant now() {
        return BEGINNING.plusMillis(sequence);
    }

    private Event launch(TaskKey key, long number) {
        var agent = agent((int) (number % agents));
        var info =
                TaskInfo.newBuilder()
                        .setName(key.task().value())
                        .setCommand(
                                CommandInfo.newBuilder()
                                        .setShell(true)
                                        .setValue(
                                                "exec /opt/service/bin/run --port=$PORT0 "
                                                        .repeat(4)));
        info.getTaskIdBuilder().setValue(key.task().value());
        info.getAgentIdBuilder().setValue(agent.value());
        for (int i = 0; i < 6; i++)
            info.getLabelsBuilder()
                    .addLabels(
                            Label.newBuilder()
                                    .setKey("label-" + i)
                                    .setValue("a value of some length"));
        var spec =
                new TaskSpec(
                        key.task(),
                        key.task().value(),
                        Role.ANY,
                        Resources.ofScalars(1, 128),
                        Sealed.seal(info.build()));
        return new Event.OfTask(
                new TaskEvent.TaskLaunched(key, spec, new Placement(agent, order(number), now())));
    }

    private Event reported(TaskKey key, TaskState state, UUID uuid) {
        var wire =
                TaskStatus.newBuilder()
                        .setState(io.meseta.mesos.v1.TaskState.valueOf(state.name()));
        wire.getTaskIdBuilder().setValue(key.task().value());
        wire.getContainerStatusBuilder()
                .addNetworkInfosBuilder()
                .addIpAddressesBuilder()
                .setIpAddress("10.0.0.1");
        Opaque sealed = Sealed.seal(wire.build());
        var origin = new Status.Origin(StatusSource.AGENT, Optional.empty(), now());
        var status = new Status(state, origin, "", Optional.of(uuid), sealed);
        return new Event.OfTask(new TaskEvent.StatusReceived(key, status, state, now()));
    }

    /// The number of the order that launches a task.
    static long order(long number) {
        return number + 1;
    }

    static TaskKey key(long number) {
        return new TaskKey(framework((int) (number % FRAMEWORKS)), new TaskId("task-" + number));
    }

    private static FrameworkId framework(int number) {
        return new FrameworkId("framework-" + number);
    }

    static AgentId agent(int number) {
        return new AgentId("agent-" + number);
    }
}
