package io.meseta.auth.accounts.persistence;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.Memberships;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Accounts and groups in the database.
@Configuration(proxyBeanMethods = false)
public class AccountsPersistence {

    @Bean
    Accounts accounts(AccountRows rows, SecretRows secrets) {
        return new DatabaseAccounts(rows, secrets);
    }

    @Bean
    Memberships memberships(GroupRows rows) {
        return new DatabaseMemberships(rows);
    }
}
