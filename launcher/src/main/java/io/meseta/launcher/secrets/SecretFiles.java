package io.meseta.launcher.secrets;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Every secret of the cluster in a directory of mode 0700, each in a file of mode 0600.
///
/// Made by the auth-service's own command at the first start and never changed here: the
/// auth-service has read the hashes by then.
///
/// @param directory complete once `bootstrap.json` is in it, which is written last
public record SecretFiles(Path directory) {

    public static final String MASTER = "meseta-master";
    public static final String GATEWAY = "meseta-gateway";

    /// The command line's and the launcher's own; an administrator, for it is used by whoever owns
    /// these files.
    public static final String CLI = "meseta-cli";

    public static final String ADMINISTRATOR = "admin";

    private static final int SAID_BYTES_MAX = 16 * 1024;
    private static final int LIMIT_S = 60;

    /// Agents are added to a cluster like this one on its own machine only.
    private static final int JOIN_DAYS = 3650;

    /// Makes what is missing.
    ///
    /// @param command how the auth-service's `secrets` is started; it gets its arguments here
    /// @throws IOException with what the command has said
    public static SecretFiles in(Path directory, List<String> command)
            throws IOException, InterruptedException {
        var files = new SecretFiles(directory);
        if (!Files.exists(files.bootstrap())) files.make(command);
        return files;
    }

    private void make(List<String> command) throws IOException, InterruptedException {
        var words = new ArrayList<>(command);
        words.addAll(List.of("--together", directory.toString()));
        words.addAll(List.of("--administrator", ADMINISTRATOR));
        words.addAll(List.of("--join-days", Integer.toString(JOIN_DAYS)));
        var builder = new ProcessBuilder(words);
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        var process = builder.redirectErrorStream(true).start();
        try {
            // It says a line or two; what is more than a pipe holds would only stop it.
            boolean isOver = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
            if (isOver && process.exitValue() == 0 && Files.exists(bootstrap())) return;
            throw new IOException(
                    isOver
                            ? "ended with " + process.exitValue() + ": " + said(process)
                            : "took more than " + LIMIT_S + " s");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String said(Process process) throws IOException {
        try (var in = process.getInputStream()) {
            return new String(in.readNBytes(SAID_BYTES_MAX), StandardCharsets.UTF_8).strip();
        }
    }

    public Path bootstrap() {
        return directory.resolve("bootstrap.json");
    }

    public Path seal() {
        return directory.resolve("seal");
    }

    public Path bundleKey() {
        return directory.resolve("bundle-key.pem");
    }

    public Path trust() {
        return directory.resolve("trust");
    }

    public Path joinToken() {
        return directory.resolve("join-token");
    }

    public Path administratorPassword() {
        return directory.resolve("administrator-password");
    }

    /// A service account's.
    public Path secret(String account) {
        return directory.resolve(account + ".secret");
    }
}
