package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserRangesTest {

    private static final UserRanges.Terms TWO = new UserRanges.Terms(100_000, 1000, 2);

    @TempDir private Path directory;

    private UserRanges ranges(UserRanges.Terms terms) {
        return new UserRanges(directory.resolve("claims"), terms);
    }

    private static UserRange alone(UserRanges ranges, UUID container) {
        return ranges.claim(container, container);
    }

    @Test
    void giveEachContainerUsersThatNobodyElseHas() {
        var ranges = ranges(TWO);

        assertThat(alone(ranges, UUID.randomUUID())).isEqualTo(new UserRange(100_000, 1000));
        assertThat(alone(ranges, UUID.randomUUID())).isEqualTo(new UserRange(101_000, 1000));
    }

    @Test
    void sayWhenThereAreNoMore() {
        var ranges = ranges(TWO);
        alone(ranges, UUID.randomUUID());
        alone(ranges, UUID.randomUUID());

        assertThatThrownBy(() -> alone(ranges, UUID.randomUUID()))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage(
                        "all 2 ranges of users are in use (meseta.agent.containers.users.ranges)");
    }

    @Test
    void shareAmongTheContainersOfAGroup() {
        var ranges = ranges(TWO);
        var group = UUID.randomUUID();

        var first = ranges.claim(UUID.randomUUID(), group);

        assertThat(ranges.claim(UUID.randomUUID(), group)).isEqualTo(first);
        assertThat(alone(ranges, UUID.randomUUID())).isNotEqualTo(first);
    }

    @Test
    void keepTheUsersOfAGroupUntilTheLastOfItIsGone() {
        var ranges = ranges(new UserRanges.Terms(100_000, 1000, 1));
        var group = UUID.randomUUID();
        var first = UUID.randomUUID();
        var last = UUID.randomUUID();
        ranges.claim(first, group);
        ranges.claim(last, group);

        ranges.release(first);
        assertThatThrownBy(() -> alone(ranges, UUID.randomUUID()))
                .isInstanceOf(LaunchFailure.class);
        ranges.release(last);
        assertThat(alone(ranges, UUID.randomUUID()).first()).isEqualTo(100_000);
    }

    @Test
    void areKnownToTheNextProcess() {
        var container = UUID.randomUUID();
        var range = alone(ranges(TWO), container);

        var next = ranges(TWO);

        assertThat(next.of(container)).contains(range);
        assertThat(alone(next, container)).isEqualTo(range);
        assertThat(alone(next, UUID.randomUUID())).isNotEqualTo(range);
    }

    @Test
    void keepOutOfWhatWasGivenUnderOtherTerms() {
        var old = alone(ranges(TWO), UUID.randomUUID());

        var next = ranges(new UserRanges.Terms(99_500, 1000, 3));

        assertThat(alone(next, UUID.randomUUID())).isEqualTo(new UserRange(101_500, 1000));
        assertThat(next.of(UUID.randomUUID())).isEmpty();
        assertThat(old.first()).isEqualTo(100_000);
    }

    @Test
    void forgetAWriteThatWasCutOff() throws IOException {
        var claims = Files.createDirectories(directory.resolve("claims"));
        Files.writeString(claims.resolve(UUID.randomUUID() + ".new"), "100");
        Files.writeString(claims.resolve(UUID.randomUUID().toString()), "");
        Files.writeString(claims.resolve(UUID.randomUUID().toString()), "\0\0\0 1 2");

        assertThat(alone(ranges(TWO), UUID.randomUUID()).first()).isEqualTo(100_000);
        assertThat(claims.toFile().list()).hasSize(1);
    }

    @Test
    void neverOverlapWhateverComesAndGoes() {
        Seeds.run(
                20,
                random -> {
                    var terms = new UserRanges.Terms(1 + random.nextInt(1000), 100, 8);
                    var ranges = new UserRanges(directory.resolve("s" + random.nextLong()), terms);
                    var held = new HashMap<UUID, UserRange>();
                    for (int step = 0; step < 200; step++) {
                        if (held.size() == 8 || (!held.isEmpty() && random.nextBoolean())) {
                            var gone = List.copyOf(held.keySet()).get(random.nextInt(held.size()));
                            held.remove(gone);
                            if (random.nextBoolean()) ranges.release(gone);
                            else ranges.releaseAllBut(Set.copyOf(held.keySet()));
                            continue;
                        }
                        var container = new UUID(random.nextLong(), random.nextLong());
                        held.put(container, alone(ranges, container));
                        assertNoOverlap(new ArrayList<>(held.values()));
                    }
                });
    }

    private static void assertNoOverlap(List<UserRange> all) {
        for (int i = 0; i < all.size(); i++)
            for (int j = 0; j < i; j++)
                assertThat(all.get(i).overlaps(all.get(j))).as(all.toString()).isFalse();
    }

    @Test
    void haveNobodyBeyondTheirSize() {
        var range = new UserRange(100_000, 1000);

        assertThat(range.outside(new Account("ada", 7, 8, "/")))
                .isEqualTo(new Account("ada", 100_007, 100_008, "/"));
        assertThatThrownBy(() -> range.outside(new Account("eve", 1000, 0, "/")))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("meseta.agent.containers.users.size");
    }

    @Test
    void refuseTermsThatReachBeyondWhatThereIs() {
        assertThatThrownBy(() -> new UserRanges.Terms(2_000_000_000, 65_536, 4096))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
