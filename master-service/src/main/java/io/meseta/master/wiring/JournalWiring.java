package io.meseta.master.wiring;

import io.meseta.master.journal.Connector;
import io.meseta.master.journal.DatabaseAddress;
import io.meseta.master.journal.DatabaseJournal;
import io.meseta.master.journal.Durability;
import io.meseta.master.journal.JournalGauges;
import io.meseta.master.journal.JournalKeeper;
import io.meseta.master.journal.JournalMeters;
import io.meseta.master.journal.Retention;
import io.meseta.master.journal.Snapshots;
import io.meseta.master.journal.codec.Build;
import io.meseta.platform.start.DatabaseStart;
import io.meseta.platform.start.StartRefused;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The journal and what it needs of the database.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MasterProperties.class)
class JournalWiring {

    @Bean
    DatabaseAddress databaseAddress(DataSourceProperties settings) {
        var url = settings.getUrl();
        if (url == null)
            throw new StartRefused("No database is set: give one with --spring.datasource.url.");
        try {
            return new DatabaseAddress(
                    url,
                    Optional.ofNullable(settings.getUsername()),
                    Optional.ofNullable(settings.getPassword()));
        } catch (IllegalArgumentException unsuitable) {
            throw new StartRefused("" + unsuitable.getMessage());
        }
    }

    @Bean
    FlywayMigrationStrategy migration(
            DataSource pool, DatabaseAddress address, MasterProperties properties) {
        var start = new DatabaseStart(pool, address.toString(), properties.databaseWait());
        return flyway ->
                start.migrate(connection -> checkDurable(connection, address), flyway::migrate);
    }

    /// Asks the database whether it keeps what it confirms.
    private static void checkDurable(Connection connection, DatabaseAddress address)
            throws SQLException {
        try {
            Durability.check(connection);
        } catch (Durability.UnsafeDatabase unsafe) {
            throw new StartRefused(unsafe.getMessage() + " (" + address + ")");
        }
    }

    @Bean
    JournalMeters journalMeters(MeterRegistry registry) {
        return new JournalMeters(registry);
    }

    @Bean(destroyMethod = "close")
    DatabaseJournal journal(
            DataSource pool,
            DatabaseAddress address,
            MasterProperties properties,
            JournalMeters meters,
            Build build) {
        var connector =
                new Connector(address, "meseta-master journal", properties.journal().timeout());
        return new DatabaseJournal(pool, connector, Durability::check, build, meters);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    JournalKeeper journalKeeper(DatabaseJournal journal, MasterProperties properties) {
        var rule =
                new Retention.Rule(
                        properties.journal().retention(),
                        properties.journal().sizeMax().toBytes(),
                        properties.snapshot().gapMax());
        return new JournalKeeper(journal, rule, InstantSource.system());
    }

    @Bean
    JournalGauges journalGauges(JournalKeeper keeper) {
        return new JournalGauges(keeper);
    }

    @Bean(destroyMethod = "close")
    Snapshots snapshots(
            DatabaseJournal journal,
            JournalKeeper keeper,
            JournalMeters meters,
            MasterProperties properties) {
        return new Snapshots(
                journal,
                new Snapshots.Progress(meters::bytesAppended, journal::newestSaved),
                properties.snapshot().rule(),
                keeper::keep,
                InstantSource.system());
    }
}
