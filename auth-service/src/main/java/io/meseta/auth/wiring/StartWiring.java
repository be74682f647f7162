package io.meseta.auth.wiring;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.AccountsDesk;
import io.meseta.auth.accounts.GroupsDesk;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.bootstrap.Begun;
import io.meseta.auth.bootstrap.Bootstrap;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.secrets.Seal;
import io.meseta.auth.secrets.SecretFile;
import io.meseta.auth.settings.AuthServiceProperties;
import io.meseta.platform.open.OpenModeProperties;
import io.meseta.platform.start.DatabaseStart;
import io.meseta.platform.start.StartRefused;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What must be there before anything else: the database, the seal, and the first principals.
@Configuration(proxyBeanMethods = false)
class StartWiring {

    private static final String SEAL_FILE = "meseta.auth.seal-file";
    private static final String BUNDLE_KEY_FILE = "meseta.auth.bundle-key-file";
    private static final String BOOTSTRAP = "meseta.auth.bootstrap";
    private static final int VALID_MAX_SECONDS = 5;

    @Bean
    FlywayMigrationStrategy migration(
            DataSource pool, DataSourceProperties settings, AuthServiceProperties properties) {
        var where = DatabaseStart.shown(settings.getUrl());
        var start = new DatabaseStart(pool, where, properties.databaseWait());
        return flyway -> start.migrate(StartWiring::checkAnswers, flyway::migrate);
    }

    private static void checkAnswers(Connection connection) throws SQLException {
        if (!connection.isValid(VALID_MAX_SECONDS)) {
            throw new SQLException("The database does not answer");
        }
    }

    /// In open mode nothing that is sealed is worth keeping.
    @Bean
    Seal seal(AuthServiceProperties properties, OpenModeProperties mode) {
        if (mode.open()) {
            var isSet =
                    Stream.of(properties.seal(), properties.bundleKey(), properties.bootstrapFile())
                            .anyMatch(Optional::isPresent);
            if (!isSet) return Seal.passing();
            throw new StartRefused(
                    "With meseta.open=true nobody is authenticated, so none of %s, %s and %s may be"
                                    .formatted(SEAL_FILE, BUNDLE_KEY_FILE, BOOTSTRAP)
                            + " set: choose one.");
        }
        return properties
                .seal()
                .map(path -> Seal.of(new SecretFile(SEAL_FILE, path).key()))
                .orElseThrow(() ->
                        new StartRefused(
                                "Private keys must be sealed: name a file with 32 random bytes with"
                                        + " --%s, or start with --meseta.open=true."
                                                .formatted(SEAL_FILE)));
    }

    @Bean
    Bootstrap.Desks bootstrapDesks(
            AccountsDesk accounts,
            GroupsDesk groups,
            AgentsDesk agents,
            PoliciesDesk policies,
            KeysDesk keys) {
        return new Bootstrap.Desks(accounts, groups, agents, policies, keys);
    }

    @Bean
    Begun begun(
            Ledger ledger,
            Accounts accounts,
            Bootstrap.Desks desks,
            JsonMapper mapper,
            AuthServiceProperties properties,
            OpenModeProperties mode) {
        var bootstrap = new Bootstrap(ledger, accounts, desks, mapper);
        if (mode.open()) return bootstrap.beginOpen();
        return bootstrap.begin(
                file(BOOTSTRAP, properties.bootstrapFile()),
                file(BUNDLE_KEY_FILE, properties.bundleKey()));
    }

    private static Optional<SecretFile> file(String setting, Optional<Path> path) {
        return path.map(known -> new SecretFile(setting, known));
    }
}
