package io.meseta.auth.bundles.persistence;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.Memberships;
import io.meseta.auth.bootstrap.Begun;
import io.meseta.auth.bundles.Publication;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.settings.AuthServiceProperties;
import io.meseta.platform.bundles.CurrentBundle;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes bundles of what the database holds.
@Configuration(proxyBeanMethods = false)
public class BundlesPersistence {

    @Bean
    BundleReading bundleReading(
            AuthServiceProperties properties,
            PoliciesDesk policies,
            Memberships memberships,
            Accounts accounts,
            KeysDesk keys,
            Revocations revocations) {
        return new BundleReading(
                properties.issuer(), policies, memberships, accounts, keys, revocations);
    }

    /// Parts of the database, as this room needs it.
    record Database(DataSource pool, PlatformTransactionManager transactions, JdbcClient jdbc) {}

    @Bean
    Database bundleDatabase(
            DataSource pool, PlatformTransactionManager transactions, JdbcClient jdbc) {
        return new Database(pool, transactions, jdbc);
    }

    @Bean
    BundleWatch.Outlets bundleOutlets(Publication publication, CurrentBundle own) {
        return new BundleWatch.Outlets(publication, own);
    }

    /// After the first start's beginning, or there would be no key.
    @Bean(initMethod = "start", destroyMethod = "close")
    BundleWatch bundleWatch(
            Begun begun,
            Database database,
            BundleReading reading,
            KeysDesk keys,
            BundleWatch.Outlets outlets,
            AuthServiceProperties properties) {
        var snapshot = new TransactionTemplate(database.transactions());
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        return new BundleWatch(
                database.pool(),
                snapshot,
                database.jdbc(),
                reading,
                keys,
                outlets,
                InstantSource.system(),
                properties.lifetimes().bundle());
    }
}
