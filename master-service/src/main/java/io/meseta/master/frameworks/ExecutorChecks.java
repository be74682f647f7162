package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;

/// Whether an executor makes sense, in the words and the order of Mesos.
final class ExecutorChecks {

    private static final long CPUS_MIN_THOUSANDTHS = 10;
    private static final long MEM_MIN_THOUSANDTHS = 32_000;

    private ExecutorChecks() {}

    /// One that a task brings along. The framework's id may be left out.
    static void checkTasks(ExecutorInfo executor, FrameworkId framework) throws Unacceptable {
        check(executor);
        if (executor.hasFrameworkId()) checkFramework(executor, framework);
        var resources = ResourceUse.EXECUTOR.read(executor.getResourcesList());
        if (executor.hasType() && executor.getType() != ExecutorInfo.Type.CUSTOM)
            throw new Unacceptable("'ExecutorInfo.type' must be 'CUSTOM'");
        if (!executor.hasCommand()) throw new Unacceptable("'ExecutorInfo.command' must be set");
        checkUnshared(resources);
        checkCgroups(executor);
    }

    /// One that runs a group, of which nothing is left to be guessed.
    static void checkGroups(ExecutorInfo executor, FrameworkId framework) throws Unacceptable {
        check(executor);
        if (!executor.hasFrameworkId())
            throw new Unacceptable("'ExecutorInfo.framework_id' must be set");
        checkFramework(executor, framework);
        var resources = ResourceUse.EXECUTOR.read(executor.getResourcesList());
        if (!executor.hasType()) throw new Unacceptable("'ExecutorInfo.type' must be set");
        if (executor.getType() == ExecutorInfo.Type.UNKNOWN)
            throw new Unacceptable("Unknown executor type");
        if (executor.hasContainer()
                && executor.getContainer().getType() == ContainerInfo.Type.DOCKER)
            throw new Unacceptable("Docker ContainerInfo is not supported on the executor");
        checkUnshared(resources);
        checkLeast(executor, resources);
        checkCgroups(executor);
    }

    private static void check(ExecutorInfo executor) throws Unacceptable {
        checkType(executor);
        var _ = WireIds.read(executor.getExecutorId().getValue(), ExecutorId::new);
        if (executor.getShutdownGracePeriod().getNanoseconds() < 0)
            throw new Unacceptable("ExecutorInfo's 'shutdown_grace_period' must be non-negative");
        if (executor.hasCommand())
            Commands.check(executor.getCommand(), "Executor's `CommandInfo` is invalid: ");
        if (executor.hasContainer())
            Commands.check(executor.getContainer(), "Executor's `ContainerInfo` is invalid: ");
    }

    private static void checkType(ExecutorInfo executor) throws Unacceptable {
        switch (executor.getType()) {
            case CUSTOM -> {
                if (!executor.hasCommand())
                    throw new Unacceptable(
                            "'ExecutorInfo.command' must be set for 'CUSTOM' executor");
            }
            case DEFAULT -> checkDefault(executor);
            case UNKNOWN -> {
                // Not said, or a later kind: what comes next knows more.
            }
        }
    }

    private static void checkDefault(ExecutorInfo executor) throws Unacceptable {
        if (executor.hasCommand())
            throw new Unacceptable("'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
        if (!executor.hasContainer()) return;
        if (executor.getContainer().getType() != ContainerInfo.Type.MESOS)
            throw new Unacceptable(
                    "'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor");
        if (executor.getContainer().getMesos().hasImage())
            throw new Unacceptable(
                    "'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor");
    }

    private static void checkFramework(ExecutorInfo executor, FrameworkId framework)
            throws Unacceptable {
        if (!executor.getFrameworkId().getValue().equals(framework.value()))
            throw new Unacceptable(
                    "ExecutorInfo has an invalid FrameworkID (Actual: "
                            + executor.getFrameworkId().getValue()
                            + " vs Expected: "
                            + framework
                            + ")");
    }

    private static void checkUnshared(Resources resources) throws Unacceptable {
        if (resources.kinds().stream().anyMatch(kind -> kind.shared()))
            throw new Unacceptable(
                    "Executor resources " + resources + " should not contain any shared resources");
    }

    private static void checkLeast(ExecutorInfo executor, Resources resources) throws Unacceptable {
        long cpus = resources.scalar("cpus");
        if (cpus < CPUS_MIN_THOUSANDTHS)
            throw tooLittle(executor, "less CPUs", cpus == 0 ? "None" : plain(cpus), "0.01");
        long mem = resources.scalar("mem");
        if (mem < MEM_MIN_THOUSANDTHS)
            throw tooLittle(executor, "less memory", mem == 0 ? "None" : plain(mem) + "MB", "32MB");
        if (resources.scalar("disk") == 0) throw new Unacceptable(name(executor) + " uses no disk");
    }

    private static Unacceptable tooLittle(
            ExecutorInfo executor, String what, String amount, String least) {
        return new Unacceptable(
                name(executor)
                        + " uses "
                        + what
                        + " ("
                        + amount
                        + ") than the minimum required ("
                        + least
                        + ")");
    }

    private static String plain(long thousandths) {
        return new Scalar(thousandths).toString();
    }

    private static String name(ExecutorInfo executor) {
        return "Executor '" + executor.getExecutorId().getValue() + "'";
    }

    private static void checkCgroups(ExecutorInfo executor) throws Unacceptable {
        var linux = executor.getContainer().getLinuxInfo();
        if (linux.hasShareCgroups() && linux.getShareCgroups())
            throw new Unacceptable(
                    "The 'share_cgroups' field cannot be set to 'true' on executor containers");
    }
}
