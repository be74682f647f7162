package io.meseta.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.doctor.Finding;
import io.meseta.runtime.doctor.Finding.Weight;
import io.meseta.runtime.doctor.HostReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {

    @TempDir private Path root;

    @Test
    void saysWhatAKernelHas() throws Exception {
        file("proc/filesystems", "nodev\tproc\nnodev\toverlay\n");
        file("proc/sys/kernel/seccomp/actions_avail", "kill\n");
        file("proc/self/ns/user", "");
        file("proc/sys/user/max_user_namespaces", "100\n");
        file(
                "proc/self/mounts",
                """
                /dev/a / ext4 rw 0 0
                /dev/b /data xfs rw,prjquota 0 0
                /dev/c /database btrfs rw
                """);

        var findings = HostFeatures.of(new HostFiles(root), Path.of("/data/meseta"));

        assertThat(findings).extracting(Finding::weight).containsOnly(Weight.GOOD);
        assertThat(findings.getLast().text()).contains("/data/meseta lies on XFS with quotas");
    }

    @Test
    void saysWhatAKernelHasNot() throws Exception {
        file("proc/filesystems", "nodev\tproc\n");
        file("proc/sys/user/max_user_namespaces", "0\n");
        file("proc/self/ns/user", "");
        file("proc/self/mounts", "/dev/a / xfs rw 0 0\n/dev/b /my\\040data ext4 rw 0 0\n");

        var findings = HostFeatures.of(new HostFiles(root), Path.of("/my data/x"));
        assertThat(findings).extracting(Finding::weight).containsOnly(Weight.LIMIT);
        assertThat(findings.getFirst().remedy()).isEqualTo("modprobe overlay");
        assertThat(findings.getLast().text()).startsWith("/my data/x lies on ext4");

        var elsewhere = HostFeatures.of(new HostFiles(root), Path.of("/elsewhere"));
        assertThat(elsewhere.getLast().text()).contains("without the option prjquota");
    }

    @Test
    void namesTheOneCommandThatWouldMendIt() {
        var missing =
                new Finding("runtime", Weight.FATAL, "no runtime: crun: not installed", "get it");
        var said = printed(new HostReport(List.of(missing)));

        assertThat(said)
                .contains("FATAL  runtime    no runtime: crun: not installed")
                .contains("This machine can't run containers.")
                .endsWith("This would mend it, as root:\n  get it\n");
        assertThat(printed(new HostReport(List.of()))).contains("This machine can run containers.");
    }

    @Test
    void looksAtThisMachineAndLeavesNothingBehind() {
        var said = new StringWriter();
        var line = new CommandLine(new DoctorCommand()).setOut(new PrintWriter(said));

        int code = line.execute("--data", root.toString());

        assertThat(code).isBetween(0, 1);
        assertThat(said.toString())
                .contains("cgroups", "kernel", "disk")
                .contains(code == 0 ? "can run containers" : "can't run containers");
        assertThat(Path.of("/run")).isDirectoryNotContaining("glob:**meseta-doctor-*");
    }

    private static String printed(HostReport report) {
        var said = new StringWriter();
        DoctorCommand.print(report.findings(), report, new PrintWriter(said));
        return said.toString();
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name.substring(0, name.lastIndexOf('/'))));
        Files.writeString(root.resolve(name), text);
    }
}
