package io.meseta.master.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.testkit.Await;
import io.meseta.testkit.cluster.FrameworkDraft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Masters of two builds on one journal, of which one can read a level more.
final class FeatureLevelIT {

    private static final FeatureLevel SECOND = new FeatureLevel(2);
    private static final Build EARLIER =
            new Build("1.0.0", new FeatureLevels(FeatureLevel.FIRST, FeatureLevel.FIRST));
    private static final Build LATER =
            new Build("2.0.0", new FeatureLevels(FeatureLevel.FIRST, SECOND));
    private static final Build LATEST = new Build("3.0.0", new FeatureLevels(SECOND, SECOND));

    private final JournalTables tables = JournalTables.fresh();
    private final List<Rival> rivals = new ArrayList<>();

    @AfterEach
    void closeAll() {
        rivals.forEach(Rival::close);
        tables.close();
    }

    @Test
    void leadInEitherOrderWhileTheLevelIsTheOlder() throws InterruptedException {
        var earlier = rival(1, EARLIER);
        subscribe(earlier.writer());
        var later = rival(2, LATER);
        later.follows(1);
        earlier.close();
        subscribe(later.writer());

        var again = rival(3, EARLIER);
        again.follows(2);
        later.close();

        assertThat(again.writer().view().cluster().frameworks()).hasSize(2);
        assertThat(again.writer().view().cluster().reign().level()).isEqualTo(FeatureLevel.FIRST);
    }

    @Test
    void goOnAtTheNewerLevelOnlyWithTheBuildThatReadsIt() throws InterruptedException {
        var later = rival(1, LATER);
        later.leading();
        var earlier = rival(2, EARLIER);
        earlier.follows(1);
        raise(later.writer());

        Await.shortly().until("it stops", () -> earlier.following().halt().isPresent());

        assertThat(earlier.following().halt().orElseThrow())
                .contains("the journal is at feature level 2, and this build reads levels 1 to 1");
        later.close();
        Await.shortly().until("it does not lead", () -> earlier.role() instanceof Role.Leaderless);
        var next = rival(3, LATER);
        assertThat(next.writer().view().cluster().reign().level()).isEqualTo(SECOND);
        earlier.follows("host", 3);
    }

    /// Alone it has never followed anybody, and its first look is that of a leader.
    @Test
    void doNotLeadAloneWhatTheyCanNotRead() throws InterruptedException {
        var later = rival(1, LATER);
        raise(later.writer());
        for (int i = 0; i < 8; i++) subscribe(later.writer());
        later.close();

        var earlier = rival(2, EARLIER);

        Await.shortly().until("it says so", () -> earlier.following().halt().isPresent());
        assertThat(earlier.following().halt().orElseThrow()).contains("at feature level 2");
        Await.shortly().until("it does not lead", () -> earlier.role() instanceof Role.Leaderless);
    }

    @Test
    void doNotLeadBelowTheirOldestLevel() throws InterruptedException {
        var later = rival(1, LATER);
        subscribe(later.writer());
        later.close();
        var latest = rival(2, LATEST);
        Await.shortly().until("it says so", () -> latest.following().halt().isPresent());
        assertThat(latest.following().halt().orElseThrow())
                .contains("run an earlier build until it has raised the level to 2");

        var again = rival(3, LATER);
        raise(again.writer());
        // As many as it takes until a snapshot is saved.
        for (int i = 0; i < 8; i++) subscribe(again.writer());
        latest.follows("host", 3);
        Await.shortly().until("it goes on", () -> latest.following().halt().isEmpty());
        again.close();

        assertThat(latest.writer().view().cluster().reign().level()).isEqualTo(SECOND);
    }

    private Rival rival(int port, Build build) {
        var rival = new Rival(tables, port, build).start();
        rivals.add(rival);
        return rival;
    }

    private static void raise(ClusterWriter writer) throws InterruptedException {
        writer.submit(Lane.HOUSEKEEPING, new Command.RaiseFeatureLevel(SECOND));
    }

    private static void subscribe(ClusterWriter writer) throws InterruptedException {
        FrameworkProfile profile = FrameworkDraft.aFramework().profile();
        writer.submit(
                Lane.CLIENTS,
                new Command.Subscribe(
                        Optional.empty(),
                        profile,
                        Collections.emptySortedSet(),
                        new StreamId(UUID.randomUUID().toString())));
    }
}
