package io.meseta.master.journal.codec;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Labels;
import io.meseta.model.Opaque;
import io.meseta.model.Principal;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// What the golden samples are made of. Never changed: the files beside them hold the same.
final class GoldenValues {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05.000000006Z");
    static final FrameworkId FRAMEWORK = new FrameworkId("framework-1");
    static final AgentId AGENT = new AgentId("agent-S1");
    static final TaskKey TASK = new TaskKey(FRAMEWORK, new TaskId("task.1"));

    static final ExecutorKey EXECUTOR = new ExecutorKey(FRAMEWORK, new ExecutorId("executor.1"));

    static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private GoldenValues() {}

    static Terms terms() {
        return new Terms(
                Duration.ofSeconds(75), Duration.ofMinutes(10), Duration.ofMillis(600_500));
    }

    static FrameworkProfile frameworkProfile() {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.of(new Principal("alice")), true),
                "a framework",
                new TreeSet<>(Set.of(new Role("eng"), new Role("eng/web"))),
                Set.of(FrameworkCapability.MULTI_ROLE, FrameworkCapability.PARTITION_AWARE),
                Duration.ofMillis(3_600_500),
                bytes(4, 5, 6));
    }

    static AgentProfile agentProfile() {
        return new AgentProfile(
                "host.example",
                5051,
                resources(),
                Set.of(AgentCapability.MULTI_ROLE, AgentCapability.AGENT_DRAINING),
                "0.1.0",
                bytes(7, 8, 9));
    }

    static TaskSpec spec() {
        return new TaskSpec(
                TASK.task(), "a task", new Role("eng"), Resources.ofScalars(0.1, 32), bytes(10));
    }

    static Status status(TaskState state) {
        var origin =
                new Status.Origin(
                        StatusSource.EXECUTOR,
                        Optional.of(StatusReason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED),
                        AT.plusNanos(1));
        return new Status(state, origin, "runs", Optional.of(ID), bytes(11, 12));
    }

    static Resources resources() {
        var reserved =
                new Reservation(
                        Reservation.Type.DYNAMIC,
                        new Role("eng/web"),
                        Optional.of("alice"),
                        Labels.of("k", "v"));
        var disk =
                new Disk(
                        Optional.of(
                                new Disk.Persistence(
                                        "v1", Optional.of("alice"), "data", Disk.Mode.RW)),
                        Optional.of(
                                new Disk.DiskSource(
                                        Disk.DiskSource.Type.MOUNT,
                                        Optional.of("/mnt/1"),
                                        Optional.of("id"),
                                        Optional.of("fast"),
                                        Optional.of("vendor"),
                                        Labels.of("m", "n"))));
        var volume =
                new Resource(
                        new ResourceKind(
                                "disk",
                                List.of(Reservation.ofStatic(new Role("eng")), reserved),
                                Optional.of(disk),
                                false,
                                true,
                                Optional.of("provider")),
                        Scalar.ofUnits(64));
        return Resources.parse("cpus:4.5;mem(eng):1024;ports:[31000-31009,32000-32000];disks:{a,b}")
                .plus(Resources.of(volume))
                .plus(Resources.of(volume));
    }

    static Opaque bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return Opaque.of(bytes);
    }
}
