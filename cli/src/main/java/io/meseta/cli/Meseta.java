package io.meseta.cli;

import io.meseta.client.ClientFault;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `meseta` command.
@Command(
        name = "meseta",
        description = "Runs tasks on a Meseta cluster, and shows what they do.",
        subcommands = {
            RunCommand.class,
            PsCommand.class,
            KillCommand.class,
            LogsCommand.class,
            LoginCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Meseta {

    /// The exit code of whatever went wrong on our side.
    static final int TROUBLE = 1;

    private Meseta() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Meseta())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(
                        (trouble, line, _) -> explain(trouble, line.getErr()));
    }

    /// Says what went wrong in one line, without a stack trace: it is the cluster or the arguments.
    private static int explain(Exception trouble, PrintWriter err) throws Exception {
        switch (trouble) {
            case ClientFault.Unreachable unreachable -> {
                err.println("meseta: " + unreachable.getMessage());
                err.println("meseta: is the cluster up? See ./meseta status, or name it: --master");
            }
            case ClientFault fault -> err.println("meseta: " + fault.getMessage());
            case Refusal refusal -> err.println("meseta: " + refusal.getMessage());
            default -> throw trouble;
        }
        return TROUBLE;
    }
}
