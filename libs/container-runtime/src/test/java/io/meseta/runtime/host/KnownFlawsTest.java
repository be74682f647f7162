package io.meseta.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which versions have which flaws.
final class KnownFlawsTest {

    private static List<String> refused(
            String kind, @Nullable String version, @Nullable String packaged) {
        var program =
                new Program(
                        kind,
                        Path.of("/usr/bin", kind),
                        version == null ? null : Version.of(version),
                        packaged == null ? null : new PackageVersion(packaged));
        return KnownFlaws.of(program).stream().filter(Flaw::matters).map(Flaw::id).toList();
    }

    @Test
    void refusesOldRuncByName() {
        assertThat(refused("runc", "1.1.11", null)).containsExactly("CVE-2024-21626");
        assertThat(refused("runc", "1.1.12", null)).isEmpty();
        assertThat(refused("runc", "1.4.0", null)).isEmpty();
    }

    @Test
    void knowsWhatDebianHasMendedUnderTheSameNumber() {
        assertThat(refused("runc", "1.1.5", "1.1.5+ds1-1")).containsExactly("CVE-2024-21626");
        assertThat(refused("runc", "1.1.5", "1.1.5+ds1-1+deb12u1")).isEmpty();
        assertThat(refused("runc", "1.1.5", "1.1.5+ds1-2")).isEmpty();
    }

    @Test
    void takesNoHigherNumberForAMendedOne() {
        assertThat(refused("runc", "1.1.7", "1.1.7-0ubuntu1~22.04.1"))
                .containsExactly("CVE-2024-21626");
    }

    @Test
    void holdsEverythingAgainstWhoSaysNothing() {
        assertThat(refused("runc", null, null)).contains("CVE-2024-21626", "CVE-2019-5736");
        assertThat(refused("runsc", null, null)).isEmpty();
    }

    @Test
    void refusesCrunThatFollowsLinks() {
        assertThat(refused("crun", "0.10.4", null)).containsExactly("CVE-2019-18837");
        assertThat(refused("crun", "1.8.1", "1.8.1-1+deb12u1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0-1, -1",
        "1.0-1, 1.0-1+deb12u1, -1",
        "1.0~rc1, 1.0, -1",
        "1:0.1, 9.9, 1",
        "1.10, 1.9, 1",
        "1.0a, 1.0+, -1",
        "2.0, 2.0, 0",
        "1.0~~, 1.0~, -1",
        "1.0-9, 1.0-10, -1"
    })
    void ordersPackagesAsDebianDoes(String one, String two, int order) {
        assertThat(Integer.signum(new PackageVersion(one).compareTo(new PackageVersion(two))))
                .isEqualTo(order);
    }

    @Test
    void readsVersionsOutOfWhatProgramsSay() {
        assertThat(Version.in("runc version 1.1.5+ds1\ncommit: 1.1"))
                .contains(new Version(1, 1, 5));
        assertThat(Version.in("crun version 1.30\n")).contains(new Version(1, 30, 0));
        assertThat(Version.in("no number at all")).isEmpty();
    }
}
