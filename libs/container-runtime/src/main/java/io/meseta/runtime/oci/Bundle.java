package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// What lies on the disk about one container.
///
/// | name | what | since |
/// |---|---|---|
/// | `record` | which runtime has it, and its cgroup | before anything is done |
/// | `layers/N` | links to layers | mounting |
/// | `root/`, `shm/` | where a root and `/dev/shm` are mounted | mounting |
/// | `config.json` | the OCI runtime's order | all is mounted |
/// | `order` | what the monitor's shell does | mounting |
/// | `ask`, `answer`, `said` | what we say to each other | mounting |
/// | `monitor`, `pid` | process numbers, by the monitor | creating |
/// | `transcript` | with a terminal: the number of who writes its output | creating |
/// | `lines`, `exit/` | what that is made of, and the end until it is written | creating |
/// | `attach`, `ctl`, `winsz` | a terminal's doors, by the monitor | creating |
/// | `runtime.log` | what the runtime complains of | creating |
/// | `started` | the first process' number, its age, and when | it ran |
///
/// The number it ended with is written by the monitor to `exits/NAME` of the runtime's directory.
///
/// @param roots where roots are mounted that are passed to users of containers' own
record Bundle(Path home, Path roots, ContainerId id) {

    private static final int TEXT_BYTES_MAX = 64 << 10;

    private static final Set<PosixFilePermission> PASSABLE =
            PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> PASSED_BY_GROUP =
            PosixFilePermissions.fromString("rwx--x---");
    private static final FileAttribute<Set<PosixFilePermission>> CLOSED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    Path directory() {
        return home.resolve("containers").resolve(id.value());
    }

    Path file(String name) {
        return directory().resolve(name);
    }

    Path root() {
        return file("root");
    }

    /// For its own users alone.
    Path passage() {
        return roots.resolve(id.value());
    }

    /// Where the root is mounted that is passed to users of the container's own.
    Path passedRoot() {
        return passage().resolve("root");
    }

    /// Makes the passage, through which only the container's root may go, as a stranger: it stays
    /// ours, so nobody else can open it to others.
    ///
    /// @param group of the container's root, outside
    void makePassage(long group) {
        try {
            if (!Files.isDirectory(roots)) {
                Files.createDirectories(roots);
                Files.setPosixFilePermissions(roots, PASSABLE);
            }
            Files.createDirectory(passage(), CLOSED);
            Files.createDirectory(passedRoot());
            Files.setAttribute(passage(), "unix:gid", (int) group);
            Files.setPosixFilePermissions(passage(), PASSED_BY_GROUP);
        } catch (IOException failure) {
            throw failed("can't be made", failure);
        }
    }

    /// Where `/dev/shm` of a container with an IPC namespace of its own is mounted: here, since
    /// what is mounted inside can't be shared with others.
    Path shm() {
        return file("shm");
    }

    Path exits() {
        return home.resolve("exits");
    }

    Path exit() {
        return exits().resolve(id.value());
    }

    /// Where the monitor of a terminal writes the end, which counts when all output is written.
    Path ownExits() {
        return file("exit");
    }

    void makeOwnExits() {
        try {
            Files.createDirectories(ownExits());
        } catch (IOException failure) {
            throw failed("can't be made", failure);
        }
    }

    boolean isThere() {
        return Files.isDirectory(directory());
    }

    /// Takes the name; of two launches one gets it.
    void reserve() {
        try {
            Files.createDirectories(directory().getParent());
            Files.createDirectory(directory());
        } catch (FileAlreadyExistsException _) {
            throw new RuntimeFault(Kind.EXISTS, "there is already a container " + id);
        } catch (IOException failure) {
            throw failed("can't be made", failure);
        }
    }

    /// Whole or not at all.
    void write(String name, String text) {
        var temporary = file(name + ".new");
        try {
            Files.writeString(temporary, text);
            Files.move(
                    temporary,
                    file(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw failed("can't be written to", failure);
        }
    }

    Optional<String> text(String name) {
        return text(file(name));
    }

    private Optional<String> text(Path file) {
        try (var stream = Files.newInputStream(file)) {
            return Optional.of(
                    new String(stream.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw failed("can't be read", failure);
        }
    }

    /// A process' number that the monitor has written.
    Optional<Long> number(String name) {
        return text(name).filter(text -> text.matches("[0-9]{1,9}")).map(Long::parseLong);
    }

    /// What the first process ended with, as a shell has it.
    Optional<Integer> exitCode() {
        return text(exit()).filter(text -> text.matches("[0-9]{1,4}")).map(Integer::parseInt);
    }

    /// Removes all of it. Nothing may be mounted in it: directories of roots are removed only if
    /// empty, so that a mistake can't remove what was mounted there.
    void clear() {
        try {
            remove(file("layers"));
            remove(ownExits());
            remove(directory());
            Files.deleteIfExists(exit());
            Files.deleteIfExists(passedRoot());
            Files.deleteIfExists(passage());
            // The last of all, since it says what else there may be.
            Files.deleteIfExists(file("record"));
            removeDirectory();
        } catch (IOException failure) {
            throw failed("can't be removed", failure);
        }
    }

    /// A program that was killed may have written a last file meanwhile.
    private void removeDirectory() throws IOException {
        try {
            Files.deleteIfExists(directory());
        } catch (DirectoryNotEmptyException _) {
            remove(directory());
            Files.deleteIfExists(directory());
        }
    }

    /// All files of a directory but the record.
    private void remove(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return;
        try (var files = Files.list(directory)) {
            for (var each : files.toList()) {
                if (!each.equals(file("record"))) Files.deleteIfExists(each);
            }
        }
    }

    private RuntimeFault failed(String what, IOException failure) {
        return new RuntimeFault(
                Kind.MACHINE, "the files of container %s %s".formatted(id, what), failure);
    }
}
