package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.plan.Mount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TmpfsWishTest {

    private static final long USUAL = 64 << 20;

    @Test
    void hasWhatIsUsualWhereNothingIsSaid() {
        assertThat(TmpfsWish.parse("/run").mount(USUAL))
                .isEqualTo(
                        new Mount.Tmpfs(
                                "/run", USUAL, 01777, List.of("nosuid", "nodev", "noexec")));
    }

    @Test
    void readsDockersOptions() {
        assertThat(TmpfsWish.parse("/a/b:rw,exec,nosuid,size=2m,mode=0755").mount(USUAL))
                .isEqualTo(new Mount.Tmpfs("/a/b", 2 << 20, 0755, List.of("nosuid", "nodev")));
        assertThat(TmpfsWish.parse("/a:size=65536K").bytesMax()).isEqualTo(64 << 20);
        assertThat(TmpfsWish.parse("/a:size=1g").bytesMax()).isEqualTo(1 << 30);
        assertThat(TmpfsWish.parse("/a:size=4096").bytesMax()).isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "/",
                "/a/../b",
                "/a:suid",
                "/a:dev",
                "/a:ro",
                "/a:size=0",
                "/a:size=-1",
                "/a:size=999999999999999g",
                "/a:mode=9",
                "/a:uid=0"
            })
    void refusesAllElse(String text) {
        assertThatThrownBy(() -> TmpfsWish.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
