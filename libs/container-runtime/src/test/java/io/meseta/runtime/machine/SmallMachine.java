package io.meseta.runtime.machine;

import io.meseta.runtime.host.Program;
import io.meseta.runtime.kit.BusyRoot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A virtual machine, emulated, whose kernel knows cgroups of version 2 only. It has a disk with
/// the tests, a disk for swap, and an empty one; it tells by a serial line how they went.
record SmallMachine(Path directory, GuestKernel kernel, Path java) {

    static final String QEMU = "qemu-system-x86_64";

    private static final int DISK_MEGABYTES = 768;
    private static final long SWAP_BYTES = 256L << 20;
    private static final long SPARE_BYTES = 512L << 20;
    private static final String ENDED = "THE TESTS ENDED WITH ";

    private static final List<String> PROGRAMS =
            List.of(
                    "sh",
                    "true",
                    "cat",
                    "mount",
                    "umount",
                    "kill",
                    "mkdir",
                    "mkfifo",
                    "mv",
                    "setsid",
                    "stty",
                    "script",
                    "env",
                    "sleep",
                    "conmon",
                    "dpkg",
                    "dpkg-query",
                    "mkfs.xfs",
                    "sync",
                    "xfs_quota");

    /// In the order in which they need each other.
    private static final List<String> MODULES =
            List.of(
                    "kernel/fs/overlayfs/overlay.ko",
                    "kernel/lib/libcrc32c.ko",
                    "kernel/fs/xfs/xfs.ko",
                    "kernel/drivers/block/loop.ko");

    /// What was said on the second line, and on the first.
    record Heard(List<GuestCase> cases, List<String> ends, String console, String output) {}

    /// Boots it, and runs each command line of test classes in a Java of its own.
    ///
    /// @param runs what to run, as in `-Dname=value Class Class`
    Heard run(List<List<String>> runs, Duration patience) throws IOException, InterruptedException {
        var disk = directory.resolve("disk");
        fill(runs).toDisk(disk, DISK_MEGABYTES);
        var process =
                new ProcessBuilder(command(disk))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("qemu.log").toFile())
                        .start();
        try {
            process.getOutputStream().close();
            process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        var lines = said("cases").lines().toList();
        return new Heard(
                lines.stream().flatMap(line -> GuestCase.of(line).stream()).toList(),
                lines.stream()
                        .filter(line -> line.startsWith(ENDED))
                        .map(line -> line.substring(ENDED.length()).strip())
                        .toList(),
                said("qemu.log") + said("console"),
                said("cases"));
    }

    private String said(String file) throws IOException {
        var path = directory.resolve(file);
        // A kernel in trouble writes what it likes.
        return Files.exists(path)
                ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                : "";
    }

    private List<String> command(Path disk) throws IOException {
        var command = new ArrayList<String>();
        command.add(Program.located(QEMU).orElseThrow().toString());
        command.addAll(List.of("-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2"));
        command.addAll(List.of("-m", "1536", "-nographic", "-nodefaults", "-no-reboot"));
        command.addAll(List.of("-kernel", kernel.image().toString()));
        command.addAll(
                List.of(
                        "-append",
                        "root=/dev/nvme0n1 rw init=/init console=ttyS0 panic=1 quiet"
                                + " cgroup_no_v1=all mitigations=off random.trust_cpu=on"));
        command.addAll(List.of("-serial", "file:" + directory.resolve("console")));
        command.addAll(List.of("-serial", "file:" + directory.resolve("cases")));
        command.addAll(drive("root", disk));
        command.addAll(drive("swap", empty("swap", SWAP_BYTES)));
        command.addAll(drive("spare", empty("spare", SPARE_BYTES)));
        return command;
    }

    private static List<String> drive(String name, Path file) {
        return List.of(
                "-drive",
                "if=none,format=raw,cache=unsafe,id=%s,file=%s".formatted(name, file),
                "-device",
                "nvme,serial=%s,drive=%s".formatted(name, name));
    }

    private Path empty(String name, long bytes) throws IOException {
        var file = directory.resolve(name);
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    private GuestFiles fill(List<List<String>> runs) throws IOException, InterruptedException {
        var files = GuestFiles.in(directory.resolve("files"));
        for (var name : PROGRAMS) files.program(name);
        for (var name : List.of("crun", "runc"))
            if (Program.located(name).isPresent()) files.program(name);
        files.same(Path.of(BusyRoot.BUSYBOX));
        files.same(Path.of("/etc/os-release"));
        files.packages(List.of("crun", "runc", "conmon"));
        files.put("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        files.put("/etc/group", "root:x:0:\ntty:x:5:\n");
        for (var name : List.of("resolv.conf", "hosts", "hostname", "fstab"))
            files.put("/etc/" + name, "");
        for (var module : MODULES) files.copy(kernel.modules().resolve(module), "/" + module);
        var classPath = GuestJava.into(files, java);
        files.put("/init", script(classPath, runs));
        files.makeExecutable("/init");
        return files;
    }

    private static String script(String classPath, List<List<String>> runs) {
        var script = new StringBuilder(START);
        for (var module : MODULES) script.append("busybox insmod /").append(module).append('\n');
        for (var run : runs) {
            script.append(GuestJava.HOME)
                    .append("/bin/java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp ")
                    .append(classPath)
                    .append(' ')
                    .append(String.join(" ", run))
                    .append(" >/dev/ttyS1 2>&1\necho ")
                    .append(ENDED)
                    .append("$? >/dev/ttyS1\n");
        }
        return script.append("busybox sync\nbusybox poweroff -f\n").toString();
    }

    private static final String START =
            """
            #!/bin/sh
            export PATH=/usr/sbin:/usr/bin HOME=/root
            mount -t proc proc /proc
            mount -t sysfs sysfs /sys
            mount -t devtmpfs devtmpfs /dev 2>/dev/null
            mkdir -p /dev/pts /dev/shm /dev/mqueue
            mount -t devpts devpts /dev/pts
            mount -t tmpfs tmpfs /dev/shm
            mount -t mqueue mqueue /dev/mqueue
            mount -t tmpfs tmpfs /run
            mount -t cgroup2 cgroup2 /sys/fs/cgroup
            busybox chmod 1777 /tmp
            busybox ip link set lo up
            busybox hostname guest
            busybox mkswap /dev/nvme1n1 >/dev/null
            busybox swapon /dev/nvme1n1
            stty -F /dev/ttyS1 raw -echo
            """;
}
