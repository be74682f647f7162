package io.meseta.runtime.machine;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.host.Program;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/// The files of a small machine, gathered in a directory: programs of this one with the libraries
/// they need, and what is written for it.
final class GuestFiles {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path top;

    private GuestFiles(Path top) {
        this.top = top;
    }

    /// Begins with what every Linux has.
    static GuestFiles in(Path top) throws IOException {
        for (var name :
                List.of("usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "proc", "sys", "dev", "run"))
            Files.createDirectories(top.resolve(name));
        for (var name : List.of("tmp", "etc", "root", "opt", "var/lib/dpkg/info"))
            Files.createDirectories(top.resolve(name));
        for (var name : List.of("bin", "sbin", "lib", "lib64"))
            Files.createSymbolicLink(top.resolve(name), Path.of("usr", name));
        return new GuestFiles(top);
    }

    void put(String path, String text) throws IOException {
        Files.createDirectories(inside(path).getParent());
        Files.writeString(inside(path), text);
    }

    void makeExecutable(String path) throws IOException {
        Files.setAttribute(inside(path), "unix:mode", 0100755);
    }

    /// A program of this machine, where it lies here.
    void program(String name) throws IOException, InterruptedException {
        var path = Program.located(name);
        if (path.isEmpty()) throw new IOException(name + " is not installed");
        same(path.get());
        libraries(path.get());
    }

    /// Whatever of the system's the loader would load for a file.
    void libraries(Path binary) throws IOException, InterruptedException {
        // What is linked statically fails, and needs nothing.
        var said = Commands.run(PATIENCE, List.of("ldd", binary.toString()));
        for (var line : said.output().lines().toList()) {
            for (var word : line.strip().split(" ", -1)) {
                if (word.matches("(/usr)?/lib.*") && Files.isRegularFile(Path.of(word)))
                    same(Path.of(word));
            }
        }
    }

    /// A file at the same path as here; a link is followed.
    void same(Path file) throws IOException {
        copy(file, file.toString());
    }

    void copy(Path file, String to) throws IOException {
        var target = inside(to);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) return;
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    void tree(Path from, String to) throws IOException {
        try (var all = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (var each : all.toList()) {
                if (Files.isRegularFile(each)) copy(each, to + "/" + from.relativize(each));
            }
        }
    }

    /// What the package administration knows of some packages, and of no others.
    void packages(List<String> names) throws IOException, InterruptedException {
        var stanzas = new StringBuilder();
        for (var name : names) {
            var known = Commands.run(PATIENCE, List.of("dpkg-query", "-s", name));
            if (!known.isSuccess()) continue;
            stanzas.append(known.output()).append("\n\n");
            for (var kind : List.of("list", "md5sums")) {
                var file = Path.of("/var/lib/dpkg/info/" + name + "." + kind);
                if (Files.exists(file)) same(file);
            }
        }
        put("/var/lib/dpkg/status", stanzas.toString());
    }

    /// A disk with all of it.
    ///
    /// @param megabytes its size
    void toDisk(Path disk, int megabytes) throws IOException, InterruptedException {
        Files.deleteIfExists(disk);
        var made =
                Commands.run(
                        PATIENCE,
                        List.of(
                                Program.located("mke2fs").orElseThrow().toString(),
                                "-q",
                                "-t",
                                "ext4",
                                "-d",
                                top.toString(),
                                disk.toString(),
                                megabytes + "M"));
        if (!made.isSuccess()) throw new IOException("no disk can be made: " + made.output());
    }

    private Path inside(String path) {
        return top.resolve(path.startsWith("/") ? path.substring(1) : path);
    }
}
