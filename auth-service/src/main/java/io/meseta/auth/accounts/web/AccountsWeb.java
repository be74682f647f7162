package io.meseta.auth.accounts.web;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.AccountsDesk;
import io.meseta.auth.accounts.GroupsDesk;
import io.meseta.auth.accounts.Memberships;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.web.Once;
import io.meseta.platform.bundles.CurrentBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Accounts and groups over HTTP.
@Configuration(proxyBeanMethods = false)
public class AccountsWeb {

    @Bean
    UsersController usersController(AccountsDesk desk, Accounts accounts, Once once) {
        return new UsersController(desk, accounts, once);
    }

    @Bean
    ServiceAccountsController serviceAccountsController(
            AccountsDesk desk, Accounts accounts, Once once) {
        return new ServiceAccountsController(desk, accounts, once);
    }

    @Bean
    GroupsController groupsController(GroupsDesk desk, Memberships memberships, Once once) {
        return new GroupsController(desk, memberships, once);
    }

    @Bean
    SelfController selfController(AccountsDesk desk, CurrentBundle current, Attempts attempts) {
        return new SelfController(desk, current, attempts);
    }
}
