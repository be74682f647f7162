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
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.plan.Output;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Containers with users of their own, who are nobody on the machine: they get at their root, and
/// at nothing else of ours.
final class OwnUsersIT {

    private static final String CGROUP = "meseta-users-" + ProcessHandle.current().pid();
    private static final int FIRST = 1_000_000_000;
    private static final int COUNT = 65_536;

    /// Nobody catches it, as nobody catches the end of a process.
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir private Path directory;
    private Yard yard;
    private Path home;
    private Leaks leaks;

    @BeforeEach
    void prepare() throws IOException {
        Needs.rootAnd(BusyRoot.BUSYBOX);
        // What the test's directory lies in, as `/run` would be; all below it is closed.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        yard = Yard.in(Files.createDirectories(directory.resolve("closed/yard")));
        close(directory.resolve("closed"));
        give(yard.root());
        home = directory.resolve("closed/home");
        Chosen.mounting(home, directory.resolve("roots"), CGROUP, _ -> {}).close();
        leaks = Leaks.before(directory, CGROUP);
    }

    private static void close(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static void give(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (var each : all.toList()) {
                Files.setAttribute(each, "unix:uid", FIRST, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", FIRST, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    @AfterEach
    void leavesNothing() {
        leaks.assertNone();
        assertThat(directory.resolve("roots")).isEmptyDirectory();
    }

    private OciRuntime open(Step.Listener steps) {
        return Chosen.mounting(home, directory.resolve("roots"), CGROUP, steps);
    }

    private ContainerPlan plan(String script, Root root) {
        var plan = yard.shell(script);
        return ContainerPlan.of(RootFiles.of(root), plan.process())
                .writing(new Output(yard.output(), yard.error()))
                .in(Namespaces.STANDARD.withUsersFrom(FIRST, COUNT));
    }

    private Root overlay() throws IOException {
        var writable = Files.createDirectories(yard.directory().resolve("writable"));
        give(Files.createDirectories(writable.resolve("upper")));
        return new Root.Overlay(List.of(yard.root()), writable);
    }

    @Test
    void reachTheirRootThroughWhatIsClosedToAllOthers() throws Exception {
        var script = "id -u; cat /proc/self/uid_map; touch /mine /dev/shm/note; ls -ln /mine";
        try (var runtime = open(_ -> {})) {
            var ran = yard.run(runtime, plan(script, overlay()));

            assertThat(ran.error()).isEmpty();
            assertThat(ran.output()).startsWith("0\n").containsPattern("0 +1000000000 +65536");
        }
        var mine = yard.directory().resolve("writable/upper/mine");
        assertThat(Files.getAttribute(mine, "unix:uid")).isEqualTo(FIRST);
    }

    @Test
    void haveAPassageThatIsTheirsAlone() throws Exception {
        var id = yard.id();
        try (var runtime = open(_ -> {})) {
            runtime.launch(id, plan("sleep 1000", new Root.Directory(yard.root())));
            var passage = directory.resolve("roots").resolve(id.value());

            assertThat(Files.getAttribute(passage, "unix:uid")).isEqualTo(0);
            assertThat(Files.getAttribute(passage, "unix:gid")).isEqualTo(FIRST);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passage)))
                    .isEqualTo("rwx--x---");
            runtime.destroy(id);
        }
    }

    @Test
    void areStrangersToFilesOfTheMachine() throws Exception {
        var shown = Files.createDirectories(yard.directory().resolve("shown"));
        var secret = Files.writeString(shown.resolve("secret"), "of the machine");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(shown.resolve("note"), "for all\n");
        var script =
                """
                cat /data/note; cat /data/secret; echo x >>/data/note; touch /data/new
                chmod 777 /data/secret; echo 1 >/proc/sys/kernel/panic; mount -t tmpfs t /home
                stat -c %u /data/note
                """;
        var plan =
                plan(script, new Root.Directory(yard.root()))
                        .mounting(List.of(Mount.Bind.of(shown, "/data", false)));
        try (var runtime = open(_ -> {})) {
            var ran = yard.run(runtime, plan);

            assertThat(ran.output()).isEqualTo("for all\n65534");
            assertThat(ran.error().lines()).hasSize(6);
        }
        assertThat(shown.resolve("note")).hasContent("for all\n");
        assertThat(shown.resolve("new")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"MOUNTED", "CREATED", "MARKED"})
    void leaveNothingWhenALaunchIsCutOff(Step fatal) throws Exception {
        var id = yard.id();
        var plan = plan("sleep 1000", overlay());
        try (var crashing =
                open(step -> {
                    if (step == fatal) throw new Crash();
                })) {
            assertThat(catchThrowable(() -> crashing.launch(id, plan))).isInstanceOf(Crash.class);
        }

        try (var next = open(_ -> {})) {
            next.destroy(id);
            assertThat(next.containers()).isEmpty();
        }
    }

    @AfterAll
    static void removeParents() {
        new ParentCgroup(Hierarchies.read(), "/" + CGROUP).removeIfEmpty();
    }
}
