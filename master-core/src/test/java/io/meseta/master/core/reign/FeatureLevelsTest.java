package io.meseta.master.core.reign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.play.Play;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureLevelsTest {

    private final Play play = new Play();

    @Test
    void beginsWithTheFirst() {
        assertThat(active()).isEqualTo(FeatureLevel.FIRST);
        assertThat(FeatureLevels.BUILT.reads(active())).isTrue();
    }

    @Test
    void risesAndNeverFalls() {
        raise(3);
        raise(2);
        assertThat(active()).isEqualTo(level(3));

        long before = play.committer.sequence();
        raise(3);

        assertThat(play.committer.sequence()).isEqualTo(before);
    }

    @Test
    void outlivesItsLeader() {
        raise(2);

        play.failOver();

        assertThat(active()).isEqualTo(level(2));
        assertThat(play.cluster().durable().toCluster().reign().level()).isEqualTo(level(2));
    }

    @Test
    void isRaisedToWhatAllCanRead() {
        assertThat(possible(1, levels(1, 3), levels(1, 2), levels(2, 4))).contains(level(2));
        assertThat(possible(1, levels(1, 2))).contains(level(2));
    }

    @Test
    void isNotRaisedWhileOneCannotRead() {
        assertThat(possible(1, levels(1, 2), levels(1, 1))).isEmpty();
        assertThat(possible(1, levels(3, 4), levels(1, 2))).isEmpty();
        assertThat(possible(2, levels(1, 2), levels(1, 3))).isEmpty();
        assertThat(possible(1)).isEmpty();
    }

    @Test
    void saysWhatWouldBeRight() {
        assertThat(levels(1, 2).obstacle(level(2))).isEmpty();
        assertThat(levels(1, 2).obstacle(level(3)).orElseThrow())
                .isEqualTo(
                        "the journal is at feature level 3, and this build reads levels 1 to 2:"
                                + " run a build that reads level 3, as those did that raised it");
        assertThat(levels(2, 3).obstacle(level(1)).orElseThrow())
                .isEqualTo(
                        "the journal is at feature level 1, and this build reads levels 2 to 3:"
                                + " run an earlier build until it has raised the level to 2 and"
                                + " saved a snapshot, and then this one");
    }

    @Test
    void areInOrder() {
        assertThatThrownBy(() -> levels(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> level(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private FeatureLevel active() {
        return play.cluster().reign().level();
    }

    private void raise(int number) {
        play.put(new Command.RaiseFeatureLevel(level(number)));
    }

    private static Optional<FeatureLevel> possible(int active, FeatureLevels... living) {
        return FeatureLevels.possible(level(active), List.of(living));
    }

    private static FeatureLevels levels(int oldest, int newest) {
        return new FeatureLevels(level(oldest), level(newest));
    }

    private static FeatureLevel level(int number) {
        return new FeatureLevel(number);
    }
}
