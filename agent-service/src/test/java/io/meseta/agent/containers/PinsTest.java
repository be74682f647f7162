package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tasks are shown of sandboxes stays what was looked at, whatever others do meanwhile.
class PinsTest {

    private static final int ROUNDS_MIN = 200;
    private static final int ROUNDS_MAX = 50_000;
    private static final Account ROOT = new Account("root", 0, 0, "/root");
    private static final Account ADA = new Account("ada", 1815, 1815, "/");

    @TempDir private Path directory;
    private Path sandbox;
    private ContainerPlace place;

    @BeforeEach
    void prepare() throws IOException {
        sandbox = Files.createDirectory(directory.resolve("sandbox"));
        place =
                new ContainerPlace(
                        directory.resolve("disk"),
                        directory.resolve("memory"),
                        directory.resolve("pins"));
    }

    @Test
    void neverShowsWhereALinkLeadsThatIsPutInTheWay() throws Exception {
        assumeRoot();
        var outside = directory.resolve("outside");
        Files.createDirectories(outside.resolve("b"));
        Files.writeString(outside.resolve("b/secret"), "of the machine");
        var isOver = new AtomicBoolean();
        var swapper = Thread.ofPlatform().start(() -> swap(outside, isOver));
        int shown = 0;
        int refused = 0;
        try {
            for (int round = 0; round < ROUNDS_MAX; round++) {
                if (round > ROUNDS_MIN && shown > 0 && refused > 0) break;
                try (var pins = place.pins(UUID.randomUUID())) {
                    var pin = pins.pin(SandboxFolders.hold(sandbox, "a/b", ROOT), false);
                    assertThat(pin.resolve("secret")).doesNotExist();
                    shown++;
                } catch (LaunchFailure | IOException _) {
                    // It has come upon the link, or holds what is gone.
                    refused++;
                }
            }
        } finally {
            isOver.set(true);
            swapper.join();
        }

        assertThat(shown).isPositive();
        assertThat(refused).isPositive();
        assertThat(directory.resolve("pins")).isEmptyDirectory();
    }

    /// Has now a directory and now a link to the outside at `a`, over and over.
    private void swap(Path outside, AtomicBoolean isOver) {
        var a = sandbox.resolve("a");
        for (int i = 0; !isOver.get(); i++) {
            var away = sandbox.resolve("away-" + i);
            attempt(() -> Files.move(a, away, StandardCopyOption.ATOMIC_MOVE));
            attempt(() -> Files.createSymbolicLink(a, outside));
            attempt(() -> Files.delete(a));
            attempt(() -> Files.createDirectories(a.resolve("b")));
            attempt(() -> Files.deleteIfExists(away.resolve("b")));
            attempt(() -> Files.deleteIfExists(away));
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    /// Whoever holds the directory makes what is missing, at any moment.
    private static void attempt(Act act) {
        try {
            act.run();
        } catch (IOException _) {
            // The next act finds what there is.
            return;
        }
    }

    @Test
    void makesWhatIsMissingForItsOwner() throws Exception {
        assumeRoot();
        Files.createDirectory(sandbox.resolve("there"));

        SandboxFolders.hold(sandbox, "./there//made/deep", ADA).close();

        assertThat(Files.getAttribute(sandbox.resolve("there"), "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(sandbox.resolve("there/made"), "unix:uid")).isEqualTo(1815);
        assertThat(Files.getAttribute(sandbox.resolve("there/made/deep"), "unix:gid"))
                .isEqualTo(1815);
    }

    @Test
    void refusesLinksFilesAndWaysOut() throws Exception {
        Files.writeString(sandbox.resolve("file"), "");
        Files.createSymbolicLink(sandbox.resolve("link"), Path.of("/"));

        assertThatThrownBy(() -> SandboxFolders.hold(sandbox, "link", ROOT))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("is no directory");
        assertThatThrownBy(() -> SandboxFolders.hold(sandbox, "link/etc", ROOT))
                .isInstanceOf(LaunchFailure.class);
        assertThatThrownBy(() -> SandboxFolders.hold(sandbox, "file", ROOT))
                .hasMessageContaining("is no directory");
        assertThatThrownBy(() -> SandboxFolders.hold(sandbox, "a/../..", ROOT))
                .hasMessageContaining("leads out");
        assertThatThrownBy(() -> SandboxFolders.hold(sandbox, "/etc", ROOT))
                .hasMessageContaining("leads out");
    }

    @Test
    void takesAwayWhatAnEarlierAttemptHasLeftAndNothingBehindIt() throws Exception {
        assumeRoot();
        Files.createDirectory(sandbox.resolve("shared"));
        Files.writeString(sandbox.resolve("shared/work"), "of days");
        var container = UUID.randomUUID();
        var left = place.pins(container).pin(SandboxFolders.hold(sandbox, "shared", ROOT), false);
        assertThat(left.resolve("work")).exists();

        place.clear(container);

        assertThat(left).doesNotExist();
        assertThat(sandbox.resolve("shared/work")).hasContent("of days");
    }

    private static void assumeRoot() {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "SKIPPED: only root can mount anything and give it away");
    }
}
