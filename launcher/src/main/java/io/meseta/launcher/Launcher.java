package io.meseta.launcher;

import io.meseta.launcher.Trouble.Usage;
import io.meseta.launcher.doctor.DoctorCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The part of `./meseta` that starts and stops a cluster on this machine.
@Command(
        name = "meseta",
        description = "Starts and stops a Meseta cluster on this machine.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ServiceLogsCommand.class,
            DoctorCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Launcher {

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private Launcher() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Launcher())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(
                        (failure, line, _) -> explain(failure, line.getErr()));
    }

    /// One clear line, no stack trace: it says what to do.
    private static int explain(Exception failure, PrintWriter err) throws Exception {
        if (!(failure instanceof Trouble)) {
            throw failure;
        }
        err.println("meseta: " + failure.getMessage());
        return failure instanceof Usage ? WRONG_USAGE : FAILED;
    }
}
