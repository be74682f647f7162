package io.meseta.runtime.machine;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.kit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Debian's kernel for virtual machines: unpacked, not installed, since nothing else is to boot it.
/// It has disks by NVMe, ext4 and all of cgroup version 2 built in.
///
/// @param image what a machine boots
/// @param modules where `kernel/…` with its modules lies
record GuestKernel(Path image, Path modules) {

    private static final String NEWEST = "linux-image-cloud-amd64";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Unpacks the kernel in a directory, or finds the one that is there.
    static GuestKernel in(Path cache) throws IOException, InterruptedException {
        var unpacked = Files.createDirectories(cache).resolve("kernel");
        if (!Files.isDirectory(unpacked)) fetch(cache, unpacked);
        return new GuestKernel(
                only(unpacked.resolve("boot"), "vmlinuz-*"),
                only(unpacked.resolve("lib/modules"), "*"));
    }

    private static void fetch(Path cache, Path unpacked) throws IOException, InterruptedException {
        var said = Commands.run(PATIENCE, List.of("apt-cache", "depends", NEWEST));
        var name =
                said.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("Depends: linux-image-"))
                        .map(line -> line.substring("Depends: ".length()))
                        .findFirst();
        Needs.skipUnless(
                said.isSuccess() && name.isPresent(), "Debian's " + NEWEST + " is not known");
        var got = Commands.run(PATIENCE, cache, List.of("apt-get", "download", name.orElseThrow()));
        Needs.skipUnless(got.isSuccess(), "no kernel can be had: " + got.output());
        var partial = cache.resolve("kernel.new");
        var archive = only(cache, "linux-image-*.deb");
        var done =
                Commands.run(
                        PATIENCE,
                        List.of("dpkg-deb", "-x", archive.toString(), partial.toString()));
        if (!done.isSuccess()) throw new IOException(archive + ": " + done.output());
        Files.move(partial, unpacked);
        Files.delete(archive);
    }

    private static Path only(Path directory, String pattern) throws IOException {
        try (var found = Files.newDirectoryStream(directory, pattern)) {
            return Optional.of(found.iterator())
                    .filter(each -> each.hasNext())
                    .map(each -> each.next())
                    .orElseThrow(() -> new IOException("no " + pattern + " in " + directory));
        }
    }
}
