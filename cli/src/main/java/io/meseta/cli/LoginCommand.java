package io.meseta.cli;

import io.meseta.client.Session;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Signs a person in, for the commands that follow.
@Command(
        name = "login",
        description = "Signs in to a cluster on another machine; the password is asked for.",
        mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {

    private static final int PASSWORD_CHARACTERS_MAX = 1024;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who you are.")
    private String name = "";

    @Option(
            names = "--auth",
            required = true,
            paramLabel = "URL",
            description = "Where the auth-service, or the gateway, answers.")
    private String auth = "";

    LoginCommand() {}

    /// Where the session is kept: beside other programs' settings of this user.
    static Path file() {
        var home =
                Optional.ofNullable(System.getenv("XDG_CONFIG_HOME"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
        return home.resolve("meseta").resolve("session.json");
    }

    @Override
    public Integer call() throws IOException {
        Session.signIn(address(), name, password(), file());
        spec.commandLine().getOut().println("Signed in as " + name + ".");
        return 0;
    }

    private URI address() {
        try {
            var address = URI.create(auth);
            if (address.getHost() != null) return address;
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw new Refusal("--auth must look like http://host:port");
    }

    /// From the terminal without an echo, or a line of standard input.
    private static String password() throws IOException {
        var typed =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .map(console -> console.readPassword("Password: "));
        if (typed.isPresent()) return new String(typed.get());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var line = in.readLine();
        if (line == null || line.length() > PASSWORD_CHARACTERS_MAX) {
            throw new Refusal("the password is read from the terminal, or from standard input");
        }
        return line;
    }
}
