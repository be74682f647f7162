package io.meseta.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.cgroup.ParentCgroup;
import io.meseta.runtime.kit.BusyRoot;
import io.meseta.runtime.kit.Leaks;
import io.meseta.runtime.kit.Needs;
import io.meseta.runtime.kit.Yard;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import io.meseta.runtime.state.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever comes after a crash, at whatever step, finds the container and removes all of it.
final class CrashesIT {

    private static final String CGROUP = "meseta-crash-" + ProcessHandle.current().pid();

    /// No fault: nobody catches it, as nobody catches the end of a process.
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir private Path directory;
    private Yard yard;
    private Path home;

    @BeforeEach
    void prepare() throws IOException {
        Needs.rootAnd(BusyRoot.BUSYBOX);
        yard = Yard.in(directory);
        home = directory.resolve("home");
        Chosen.open(home, CGROUP, _ -> {}).close();
    }

    private static Step.Listener crashAt(Step fatal) {
        return step -> {
            if (step == fatal) throw new Crash();
        };
    }

    private ContainerPlan plan() throws IOException {
        var writable = Files.createDirectories(directory.resolve("writable"));
        var plan = yard.shell("sleep 1000 & sleep 1000");
        return new ContainerPlan(
                RootFiles.of(new Root.Overlay(List.of(yard.root()), writable)),
                plan.process(),
                plan.hostname(),
                plan.mounts(),
                plan.namespaces(),
                plan.privileges(),
                plan.limits(),
                plan.devices(),
                plan.output());
    }

    @ParameterizedTest
    @EnumSource(names = {"RESERVED", "RECORDED", "MOUNTED", "CREATED", "STARTED", "MARKED"})
    void removesWhatALaunchHasLeft(Step fatal) throws Exception {
        var leaks = Leaks.before(home, CGROUP);
        var id = yard.id();
        var plan = plan();
        try (var crashing = Chosen.open(home, CGROUP, crashAt(fatal))) {
            assertThat(catchThrowable(() -> crashing.launch(id, plan))).isInstanceOf(Crash.class);
        }

        try (var next = Chosen.open(home, CGROUP, _ -> {})) {
            assertThat(next.containers()).containsExactly(id);
            assertThat(next.find(id))
                    .containsInstanceOf(
                            fatal == Step.MARKED
                                    ? ContainerState.Running.class
                                    : ContainerState.Unfinished.class);
            next.destroy(id);
            assertThat(next.containers()).isEmpty();
        }
        leaks.assertNone();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"KILLED", "MONITOR_ENDED", "FORGOTTEN", "UNGROUPED", "UNMOUNTED", "CLEARED"})
    void goesOnWithARemoval(Step fatal) throws Exception {
        var leaks = Leaks.before(home, CGROUP);
        var id = yard.id();
        try (var crashing = Chosen.open(home, CGROUP, crashAt(fatal))) {
            crashing.launch(id, plan());
            assertThat(catchThrowable(() -> crashing.destroy(id))).isInstanceOf(Crash.class);
        }

        try (var next = Chosen.open(home, CGROUP, _ -> {})) {
            next.destroy(id);
            assertThat(next.find(id)).isEmpty();
            assertThat(next.containers()).isEmpty();
        }
        leaks.assertNone();
    }

    @AfterAll
    static void removeParents() {
        new ParentCgroup(Hierarchies.read(), "/" + CGROUP).removeIfEmpty();
    }
}
