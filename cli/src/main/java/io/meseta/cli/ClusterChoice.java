package io.meseta.cli;

import io.meseta.client.Endpoint;
import io.meseta.client.Identity;
import io.meseta.client.Master;
import io.meseta.client.Session;
import io.meseta.client.json.Json;
import io.meseta.client.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster a command speaks to: `--master`, else `MESETA_MASTER`, else the one that `./meseta
/// up` has started from the data directory. Who we are there: `MESETA_TOKEN`, else, where `up` ran,
/// the account that it has made for us, and elsewhere whoever has signed in with `meseta login`.
final class ClusterChoice {

    /// How long any one call may take.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// The account that the launcher makes for whoever may read its files.
    private static final String ACCOUNT = "meseta-cli";

    /// More than the launcher ever writes.
    private static final long RECORD_BYTES_MAX = 1024L * 1024;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = {
                "The master's address, or those of several, parted by commas.",
                "Default: $MESETA_MASTER, else that of --data."
            })
    private @Nullable String master;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of a cluster that ./meseta up has started here.")
    private @Nullable Path data;

    /// A client of the chosen master. Nothing has been sent yet.
    Master master() {
        if (master != null) {
            return new Master(parsed("--master", master), TIMEOUT, signedIn());
        }
        var fromEnvironment = System.getenv("MESETA_MASTER");
        if (data == null && fromEnvironment != null && !fromEnvironment.isBlank()) {
            return new Master(parsed("MESETA_MASTER", fromEnvironment), TIMEOUT, signedIn());
        }
        return recorded(data == null ? Path.of(defaultData()) : data);
    }

    private static Identity signedIn() {
        var given = bearer();
        if (!(given instanceof Identity.Nobody)) return given;
        return Session.in(LoginCommand.file()).map(Identity.class::cast).orElse(given);
    }

    private static Identity bearer() {
        return Optional.ofNullable(System.getenv("MESETA_TOKEN"))
                .filter(token -> !token.isBlank())
                .map(token -> Identity.ofToken(token.strip()))
                .orElseGet(Identity::nobody);
    }

    /// The script says where the repository's own data directory is, since we may run anywhere.
    private static String defaultData() {
        return System.getProperty("meseta.data", ".meseta");
    }

    private static Master recorded(Path data) {
        var record = data.resolve("run.json");
        try {
            if (Files.size(record) > RECORD_BYTES_MAX) {
                throw new Refusal(record + " is not a record of ./meseta up");
            }
            var json = Json.parse(Files.readString(record));
            var endpoints =
                    json.textOf("master")
                            .map(text -> parsed(record.toString(), text))
                            .orElseThrow(() -> new Refusal(record + " names no master"));
            return new Master(endpoints, TIMEOUT, identity(json, data));
        } catch (NoSuchFileException _) {
            throw new Refusal(
                    "no cluster runs from "
                            + data
                            + ": start one with ./meseta up, or name one with --master URL");
        } catch (IOException | MalformedJson broken) {
            throw new Refusal("cannot read " + record + ": " + broken.getMessage());
        }
    }

    /// An open cluster's record names no auth-service.
    private static Identity identity(Json record, Path data) {
        var given = bearer();
        var auth = record.textOf("auth").filter(text -> !text.isEmpty());
        if (auth.isEmpty() || !(given instanceof Identity.Nobody)) return given;
        return Identity.ofAccount(
                URI.create(auth.get()), ACCOUNT, data.resolve("secrets/" + ACCOUNT + ".secret"));
    }

    private static List<Endpoint> parsed(String source, String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(each -> Endpoint.parse(each, Master.PORT))
                    .toList();
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(source + ": " + wrong.getMessage());
        }
    }
}
