package io.meseta.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine, unpacked from the artifact that is on our class path.
///
/// @param home the directory that holds `bin`
record PostgresRuntime(Path home) {

    private static final Pattern VERSION = Pattern.compile("-(\\d+[.\\d]*)\\.jar!");

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /// Unpacks below `parent`, once per version.
    static PostgresRuntime under(Path parent) {
        var archive = archiveName();
        var resource = PostgresRuntime.class.getClassLoader().getResource(archive);
        if (resource == null) {
            throw new Trouble(
                    "there is no embedded PostgreSQL for this machine ("
                            + archive
                            + "): name a database with --db URL");
        }
        var match = VERSION.matcher(resource.toString());
        var version = match.find() ? match.group(1) : "unknown";
        var home = parent.resolve("runtime-" + version);
        if (!Files.isDirectory(home)) {
            var partial = parent.resolve("runtime-" + version + ".partial");
            try {
                delete(partial);
                try (var in = resource.openStream()) {
                    unpack(in, partial);
                }
                Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failure) {
                throw new Trouble("cannot unpack PostgreSQL into " + parent, failure);
            }
        }
        return new PostgresRuntime(home);
    }

    private static String archiveName() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var machine = System.getProperty("os.arch");
        var family = system.startsWith("mac") ? "darwin" : "linux";
        boolean isArm = machine.equals("aarch64") || machine.equals("arm64");
        return "postgres-" + family + "-" + (isArm ? "arm_64" : "x86_64") + ".txz";
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        var xz = new XZInputStream(new BufferedInputStream(in));
        try (var tar = new TarArchiveInputStream(xz)) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("an entry outside of the archive");
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0b001_000_000) != 0) {
            var permissions = Files.getPosixFilePermissions(path);
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (var path : paths.toList().reversed()) {
                Files.delete(path);
            }
        }
    }
}
