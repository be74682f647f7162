package io.meseta.runtime.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.meseta.runtime.kit.BusyRoot;
import io.meseta.runtime.kit.Needs;
import io.meseta.testkit.RepositoryRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The contract holds where cgroups are of version 2 and nothing else, as on every newer machine:
/// in a small virtual one, since this one may be older. Each case in there is a case here.
@Tag("long")
final class UnifiedMachineIT {

    /// Emulation takes some fourteen times as long.
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final String LIMITS = "io.meseta.runtime.oci.UnifiedLimitsIT";
    private static final String USERS = "io.meseta.runtime.oci.OwnUsersIT";

    @TempDir private Path directory;

    @TestFactory
    Stream<DynamicTest> keepsTheContractOnVersionTwoAlone() throws Exception {
        Needs.rootAnd(
                "/usr/bin/" + SmallMachine.QEMU,
                "/usr/bin/apt-get",
                "/usr/bin/conmon",
                "/usr/sbin/mke2fs",
                "/usr/sbin/mkfs.xfs",
                "/usr/sbin/xfs_quota",
                "/usr/bin/script",
                BusyRoot.BUSYBOX);
        Needs.skipUnless("amd64".equals(System.getProperty("os.arch")), "another processor");
        var cache = RepositoryRoot.module().resolve("target/machine");
        var machine = new SmallMachine(directory, GuestKernel.in(cache), GuestJava.in(cache));
        var heard = machine.run(runs(), PATIENCE);
        return Stream.concat(
                heard.cases().stream().map(each -> dynamicTest(each.name(), () -> check(each))),
                Stream.of(dynamicTest("it came to its end", () -> check(heard))));
    }

    private static List<List<String>> runs() {
        return List.of(
                List.of(
                        Guest.class.getName(),
                        LIMITS,
                        "io.meseta.runtime.oci.OciRuntimeIT",
                        USERS,
                        "io.meseta.runtime.quota.ProjectQuotasIT",
                        "io.meseta.runtime.doctor.HostReportIT"),
                List.of("-Dmeseta.test.runtime=runc", Guest.class.getName(), LIMITS, USERS));
    }

    private static void check(GuestCase seen) {
        assumeTrue(seen.outcome() != GuestCase.Outcome.SKIPPED, "SKIPPED: " + seen.reason());
        assertThat(seen.outcome()).as(seen.reason()).isEqualTo(GuestCase.Outcome.PASSED);
    }

    private static void check(SmallMachine.Heard heard) {
        assertThat(heard.ends()).as(heard.output() + heard.console()).containsExactly("0", "0");
        assertThat(heard.cases())
                .as("cases that passed")
                .filteredOn(each -> each.outcome() == GuestCase.Outcome.PASSED)
                .hasSizeGreaterThan(60);
    }
}
