package io.meseta.agent.steps;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.Accounts;
import io.meseta.agent.launch.LaunchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which user a task runs as.
final class TaskUsers {

    private static final Pattern COLON = Pattern.compile(":");

    private final Accounts accounts;
    private final boolean isSwitching;

    /// @param isSwitching whether tasks run as the users they name
    TaskUsers(Accounts accounts, boolean isSwitching) {
        this.accounts = accounts;
        this.isSwitching = isSwitching;
    }

    /// The account to switch to; empty to stay with the agent's.
    Optional<Account> accountOf(String user) {
        if (!isSwitching || user.isEmpty()) return Optional.empty();
        var own = accounts.own();
        if (user.equals(own.name())) return Optional.empty();
        var account =
                accounts.find(user)
                        .orElseThrow(() ->
                                new LaunchFailure("there is no user '" + user + "' on this agent"));
        if (account.uid() == own.uid()) return Optional.empty();
        if (!accounts.isRoot()) {
            throw new LaunchFailure(
                    "the task wants to run as user '%s', but the agent runs as '%s'"
                                    .formatted(user, own.name())
                            + " and only root can switch users");
        }
        if (!isInstalled("setpriv")) {
            throw new LaunchFailure(
                    "the task wants to run as user '"
                            + user
                            + "', which needs the program setpriv");
        }
        return Optional.of(account);
    }

    Account own() {
        return accounts.own();
    }

    private static boolean isInstalled(String program) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return COLON.splitAsStream(path)
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
