package io.meseta.agent.launch;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// How one command is to be started.
///
/// @param argv the file to execute and its arguments
/// @param environment the command's whole environment
/// @param sandbox its working directory, with the files `stdout` and `stderr`
/// @param accounts the account to switch to; empty to stay
public record LaunchPlan(
        List<String> argv,
        SequencedMap<String, String> environment,
        Path sandbox,
        List<Account> accounts) {

    public LaunchPlan {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
        accounts = List.copyOf(accounts);
        if (argv.isEmpty()) throw new IllegalArgumentException("nothing to execute");
        if (accounts.size() > 1) throw new IllegalArgumentException("more than one account");
    }

    Optional<Account> account() {
        return accounts.stream().findFirst();
    }
}
