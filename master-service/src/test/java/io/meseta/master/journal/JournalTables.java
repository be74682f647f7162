package io.meseta.master.journal;

import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.RandomFacts;
import io.meseta.testkit.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/// A database with the master's tables, and journals on it that are closed together.
public final class JournalTables implements AutoCloseable {

    /// Longer than anything here takes, shorter than a test may hang.
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// The shared server of tests does not wait for its disk; what is tested is not survival.
    private static final OwnConnection.Check CARELESS = _ -> {};

    private final TestDatabase database;
    private final List<DatabaseJournal> journals = new ArrayList<>();

    private JournalTables(TestDatabase database) {
        this.database = database;
    }

    /// In a new database on the shared server.
    public static JournalTables fresh() {
        return in(TestDatabase.fresh());
    }

    public static JournalTables in(TestDatabase database) {
        var flyway = Flyway.configure().dataSource(database.dataSource()).load();
        flyway.migrate();
        return new JournalTables(database);
    }

    public TestDatabase database() {
        return database;
    }

    public Connector connector(Duration timeout) {
        return new Connector(DatabaseAddress.of(database.jdbcUrl()), "test", timeout);
    }

    /// One more journal, as another master would have.
    public DatabaseJournal journal() {
        return journal(CARELESS);
    }

    public DatabaseJournal journal(OwnConnection.Check check) {
        // Facts at random are of any level.
        var levels = new FeatureLevels(FeatureLevel.FIRST, new FeatureLevel(RandomFacts.LEVEL_MAX));
        return journal(check, new Build("test", levels));
    }

    /// As a master of another build has it.
    public DatabaseJournal journal(Build build) {
        return journal(CARELESS, build);
    }

    private DatabaseJournal journal(OwnConnection.Check check, Build build) {
        var journal =
                new DatabaseJournal(
                        database.dataSource(),
                        connector(TIMEOUT),
                        check,
                        build,
                        new JournalMeters(new SimpleMeterRegistry()));
        journals.add(journal);
        return journal;
    }

    @Override
    public void close() {
        journals.forEach(DatabaseJournal::close);
    }
}
