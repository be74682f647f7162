package io.meseta.runtime.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first process of a container, or one that joins it.
///
/// @param arguments the program first; looked up in the container along its `PATH`
/// @param environment all of it; nothing is added
/// @param directory absolute in the container
/// @param terminal null: none
/// @param rlimits by the kernel's names, such as `RLIMIT_NOFILE`
/// @param oomScoreAdjust null: as this process has it
public record ContainerProcess(
        List<String> arguments,
        Map<String, String> environment,
        String directory,
        Identity identity,
        @Nullable Terminal terminal,
        Map<String, Rlimit> rlimits,
        @Nullable Integer oomScoreAdjust) {

    /// Who a process is, in numbers of the container.
    ///
    /// @param groups further ones
    public record Identity(int user, int group, List<Integer> groups) {

        public static final Identity ROOT = new Identity(0, 0, List.of());

        public Identity {
            groups = List.copyOf(groups);
            Checks.notNegative(user, "a user");
            Checks.notNegative(group, "a group");
            for (var each : groups) Checks.notNegative(each, "a group");
        }
    }

    /// The size of a terminal, in characters.
    public record Terminal(int columns, int rows) {
        public Terminal {
            Checks.require(
                    columns >= 0 && rows >= 0 && columns < 1 << 16 && rows < 1 << 16,
                    "a terminal of %s by %s",
                    columns,
                    rows);
        }
    }

    /// A limit of one process; [#UNLIMITED] for none.
    public record Rlimit(long soft, long hard) {

        public static final long UNLIMITED = -1;

        public Rlimit {
            var fits = hard == UNLIMITED || (soft >= 0 && soft <= hard);
            Checks.require(
                    fits && soft >= UNLIMITED && hard >= UNLIMITED,
                    "a soft limit of %s under a hard one of %s",
                    soft,
                    hard);
        }
    }

    private static final int ARGUMENTS_MAX = 100_000;

    public ContainerProcess {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        rlimits = Collections.unmodifiableMap(new LinkedHashMap<>(rlimits));
        Checks.require(
                !arguments.isEmpty() && !arguments.getFirst().isEmpty(), "no program to run");
        Checks.require(arguments.size() <= ARGUMENTS_MAX, "too many arguments");
        for (var argument : arguments) Checks.noNul(argument, "an argument");
        environment.forEach((name, value) -> {
            Checks.require(
                    !name.isEmpty() && name.indexOf('=') < 0,
                    "no name of a variable: %s",
                    Checks.shown(name));
            Checks.noNul(name, "a variable");
            Checks.require(value.indexOf('\0') < 0, "the variable %s has a NUL", name);
        });
        for (var name : rlimits.keySet()) {
            Checks.require(name.matches("RLIMIT_[A-Z]{2,16}"), "no limit: %s", Checks.shown(name));
        }
        Checks.inContainer(directory, "the working directory");
        // What leads there is a descriptor of somebody's; the way of CVE-2024-21626.
        Checks.require(!directory.matches("/+proc(/.*)?"), "no working directory: %s", directory);
    }

    /// Root in `/` with a usual `PATH`, without a terminal.
    public static ContainerProcess of(String... arguments) {
        return new ContainerProcess(
                List.of(arguments),
                Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                "/",
                Identity.ROOT,
                null,
                Map.of(),
                null);
    }

    public ContainerProcess as(Identity identity) {
        return new ContainerProcess(
                arguments, environment, directory, identity, terminal, rlimits, oomScoreAdjust);
    }

    public ContainerProcess knowing(Map<String, String> environment) {
        return new ContainerProcess(
                arguments, environment, directory, identity, terminal, rlimits, oomScoreAdjust);
    }

    public ContainerProcess on(Terminal terminal) {
        return new ContainerProcess(
                arguments, environment, directory, identity, terminal, rlimits, oomScoreAdjust);
    }

    public ContainerProcess within(Map<String, Rlimit> rlimits) {
        return new ContainerProcess(
                arguments, environment, directory, identity, terminal, rlimits, oomScoreAdjust);
    }
}
