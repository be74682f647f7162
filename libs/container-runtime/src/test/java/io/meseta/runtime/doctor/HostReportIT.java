package io.meseta.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.cgroup.ParentCgroup;
import io.meseta.runtime.doctor.Finding.Weight;
import io.meseta.runtime.kit.Leaks;
import io.meseta.runtime.kit.Needs;
import io.meseta.runtime.oci.OciRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of this machine is so.
final class HostReportIT {

    private static final String CGROUP = "meseta-doctor-" + ProcessHandle.current().pid();

    @TempDir private Path directory;

    private RuntimeSettings settings() {
        return RuntimeSettings.in(directory).below("/" + CGROUP);
    }

    @Test
    void saysThatContainersRunWhereOneCanBeOpened() throws Exception {
        Needs.rootAnd("/usr/bin/conmon");
        var leaks = Leaks.before(directory, CGROUP);

        var report = HostReport.of(settings());

        Needs.skipUnless(report.isAble(), report.toString());
        assertThat(report.remedy()).isEmpty();
        try (var runtime = OciRuntime.open(settings())) {
            assertThat(report.findings())
                    .anyMatch(finding -> finding.text().contains(runtime.name().substring(0, 4)));
        }
        leaks.assertNone();
    }

    @Test
    void saysWhatToInstallWhereNothingIsThere() throws Exception {
        Needs.rootAnd("/etc/os-release");

        var report = HostReport.of(settings().choosing("norunc", "nocrun"));

        assertThat(report.isAble()).isFalse();
        assertThat(report.findings())
                .anyMatch(finding ->
                        finding.weight() == Weight.FATAL
                                && finding.text().contains("norunc: not installed"));
        var isDebian = Files.readString(Path.of("/etc/os-release")).contains("ID=debian");
        Needs.skipUnless(isDebian, "another distribution");
        assertThat(report.remedy())
                .hasValueSatisfying(command ->
                        assertThat(command)
                                .startsWith("apt-get install -y ")
                                .endsWith("norunc nocrun"));
    }

    @Test
    void refusesARuntimeThatIsKnownToBeUnsafe() throws Exception {
        Needs.rootAnd("/bin/sh");
        var program = directory.resolve("old");
        Files.writeString(program, "#!/bin/sh\necho runc version 1.1.4\n");
        Files.setAttribute(program, "unix:mode", 0100755);

        var report = HostReport.of(settings().choosing(program.toString()));

        assertThat(report.isAble()).isFalse();
        assertThat(report.toString()).contains("CVE-2024-21626");
    }

    @AfterAll
    static void removeParents() {
        new ParentCgroup(Hierarchies.read(), "/" + CGROUP).removeIfEmpty();
    }
}
