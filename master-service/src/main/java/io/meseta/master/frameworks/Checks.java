package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.CheckInfo;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.HealthCheck;
import java.util.Set;

/// Whether checks of tasks make sense.
final class Checks {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Checks() {}

    static void check(CheckInfo check) throws Unacceptable {
        try {
            if (!check.hasType()) throw new Unacceptable("CheckInfo must specify 'type'");
            switch (check.getType()) {
                case COMMAND -> {
                    expect(check.hasCommand(), "command", "COMMAND check");
                    checkCommand(check.getCommand().getCommand(), "Command check", "Check's");
                }
                case HTTP -> {
                    expect(check.hasHttp(), "http", "HTTP check");
                    checkPath(check.getHttp().hasPath(), check.getHttp().getPath(), "HTTP check");
                }
                case TCP -> expect(check.hasTcp(), "tcp", "TCP check");
                case UNKNOWN -> throw new Unacceptable("'UNKNOWN' is not a valid check type");
            }
            checkTime(check.getDelaySeconds(), "delay_seconds");
            checkTime(check.getIntervalSeconds(), "interval_seconds");
            checkTime(check.getTimeoutSeconds(), "timeout_seconds");
        } catch (Unacceptable invalid) {
            throw invalid.within("Task uses invalid check: ");
        }
    }

    static void check(HealthCheck check) throws Unacceptable {
        try {
            if (!check.hasType()) throw new Unacceptable("HealthCheck must specify 'type'");
            switch (check.getType()) {
                case COMMAND -> {
                    expect(check.hasCommand(), "command", "COMMAND health check");
                    checkCommand(check.getCommand(), "Command health check", "Health check's");
                }
                case HTTP -> checkHttp(check);
                case TCP -> expect(check.hasTcp(), "tcp", "TCP health check");
                case UNKNOWN ->
                        throw new Unacceptable("'UNKNOWN' is not a valid health check type");
            }
            checkTime(check.getDelaySeconds(), "delay_seconds");
            checkTime(check.getGracePeriodSeconds(), "grace_period_seconds");
            checkTime(check.getIntervalSeconds(), "interval_seconds");
            checkTime(check.getTimeoutSeconds(), "timeout_seconds");
        } catch (Unacceptable invalid) {
            throw invalid.within("Task uses invalid health check: ");
        }
    }

    private static void checkHttp(HealthCheck check) throws Unacceptable {
        expect(check.hasHttp(), "http", "HTTP health check");
        var http = check.getHttp();
        if (http.hasScheme() && !SCHEMES.contains(http.getScheme()))
            throw new Unacceptable(
                    "Unsupported HTTP health check scheme: '" + http.getScheme() + "'");
        checkPath(http.hasPath(), http.getPath(), "HTTP health check");
    }

    private static void checkCommand(CommandInfo command, String check, String whose)
            throws Unacceptable {
        if (!command.hasValue())
            throw new Unacceptable(
                    check
                            + " must contain "
                            + (command.getShell() ? "'shell command'" : "'executable path'"));
        Commands.check(command, whose + " `CommandInfo` is invalid: ");
    }

    private static void checkPath(boolean isSet, String path, String check) throws Unacceptable {
        if (isSet && !path.startsWith("/"))
            throw new Unacceptable("The path '" + path + "' of " + check + " must start with '/'");
    }

    private static void checkTime(double seconds, String field) throws Unacceptable {
        if (!(seconds >= 0)) throw new Unacceptable("Expecting '" + field + "' to be non-negative");
    }

    private static void expect(boolean isSet, String field, String check) throws Unacceptable {
        if (!isSet) throw new Unacceptable("Expecting '" + field + "' to be set for " + check);
    }
}
