package io.meseta.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolatilesTest {

    @TempDir private Path directory;
    private Path work;

    @BeforeEach
    void prepare() throws IOException {
        work = Files.createDirectories(directory.resolve("work"));
    }

    private Path place(Path workDirectory) {
        var name = workDirectory.toString().getBytes(StandardCharsets.UTF_8);
        return directory.resolve("run").resolve(UUID.nameUUIDFromBytes(name).toString());
    }

    private Volatiles open(Path workDirectory) {
        return Volatiles.open(place(workDirectory), workDirectory);
    }

    @Test
    void areTheAgentsAloneAlsoWhereTheyWereNot() throws IOException {
        Files.createDirectories(place(work).resolve("runtime"));
        Files.setPosixFilePermissions(place(work), PosixFilePermissions.fromString("rwxr-xr-x"));

        try (var held = open(work)) {
            assertThat(Files.getPosixFilePermissions(held.directory()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void areTakenAwayByTheNextAgentWhereTheWorkDirectoryIsGone() throws IOException {
        var gone = directory.resolve("gone");
        open(gone).close();
        Files.createDirectories(place(gone).resolve("runtime/containers"));
        Files.createDirectories(Volatiles.roots(place(gone)));

        try (var held = open(work)) {
            held.sweepOthers();

            assertThat(directory.resolve("run")).isDirectoryNotContaining("glob:**/*-*.roots");
            assertThat(place(gone)).doesNotExist();
            assertThat(place(work)).exists();
        }
    }

    @Test
    void stayWhereSomebodyMayComeBack() throws IOException {
        var stopped = Files.createDirectories(directory.resolve("stopped"));
        open(stopped).close();
        var busy = directory.resolve("busy");
        open(busy).close();
        Files.createDirectories(place(busy).resolve("runtime/containers/one"));
        var elses = Files.createDirectories(directory.resolve("run/else"));
        Files.writeString(elses.resolve("work-directory"), directory.resolve("gone").toString());

        try (var living = open(directory.resolve("not-there"));
                var held = open(work)) {
            held.sweepOthers();

            assertThat(place(stopped)).exists();
            assertThat(place(busy)).exists();
            assertThat(elses).exists();
            assertThat(living.directory()).exists();
        }
    }

    @Test
    void goWithAnAgentThatEndsInOrderAndHoldsNothing() throws IOException {
        Files.createDirectories(place(work).resolve("runtime/containers"));
        Files.createDirectories(Volatiles.roots(place(work)));

        open(work).end(false);

        assertThat(directory.resolve("run")).isEmptyDirectory();
    }

    @Test
    void outliveAnAgentThatHoldsTasksOrWhoseContainersGoOn() throws IOException {
        var other = Files.createDirectories(directory.resolve("other"));
        Files.createDirectories(place(other).resolve("runtime/containers/one"));
        Files.createDirectories(Volatiles.roots(place(other)));

        open(work).end(true);
        open(other).end(false);

        assertThat(place(work)).exists();
        assertThat(place(other).resolve("runtime/containers/one")).exists();
        assertThat(Volatiles.roots(place(other))).exists();
    }

    @Test
    void keepNothingOfLooksAtTheMachine() throws IOException {
        Files.createDirectories(place(work).resolve("doctor/runtime"));
        var other = directory.resolve("other");
        open(other).close();
        Files.createDirectories(place(other).resolve("doctor/runtime"));

        Volatiles.clearLook(place(work));
        Volatiles.clearLook(place(other));

        assertThat(place(work)).doesNotExist();
        assertThat(place(other)).isDirectoryContaining("glob:**/work-directory");
        assertThat(place(other).resolve("doctor")).doesNotExist();
    }
}
