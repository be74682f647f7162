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

/// Which cluster a command speaks to: `--gateway` or `--master`, else `MESETA_GATEWAY` or
/// `MESETA_MASTER`, else the one that `./meseta up` has started from the data directory. Only to a
/// master that is named so, and to its agents, do we speak ourselves; all else goes by the gateway.
///
/// Who we are there: `MESETA_TOKEN`, else, where `up` ran, the account that it has made for us, and
/// elsewhere whoever has signed in with `meseta login`.
final class ClusterChoice {

    /// How long any one call may take.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// The account that the launcher makes for whoever may read its files.
    private static final String ACCOUNT = "meseta-cli";

    /// The port at which a gateway listens unless told otherwise.
    private static final int GATEWAY_PORT = 8080;

    /// More than the launcher ever writes.
    private static final long RECORD_BYTES_MAX = 1024L * 1024;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = {
                "The gateway's address: nothing else is spoken to.",
                "Default: $MESETA_GATEWAY, else that of --data."
            })
    private @Nullable String gateway;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = {
                "The master's address, or those of several, parted by commas, in place of a",
                "gateway's; agents are spoken to where they are. Default: $MESETA_MASTER."
            })
    private @Nullable String master;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of a cluster that ./meseta up has started here.")
    private @Nullable Path data;

    /// A client of the chosen master. Nothing has been sent yet.
    Master master() {
        if (gateway != null && master != null) {
            throw new Refusal("choose one of --gateway and --master");
        }
        if (gateway != null) return behind("--gateway", gateway, signedIn());
        if (master != null) return direct("--master", master, signedIn());
        if (data != null) return recorded(data);
        return environment("MESETA_GATEWAY")
                .map(url -> behind("MESETA_GATEWAY", url, signedIn()))
                .or(() ->
                        environment("MESETA_MASTER")
                                .map(urls -> direct("MESETA_MASTER", urls, signedIn())))
                .orElseGet(() -> recorded(Path.of(defaultData())));
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static Master direct(String source, String urls, Identity identity) {
        return new Master(parsed(source, urls, Master.PORT), TIMEOUT, identity);
    }

    private static Master behind(String source, String url, Identity identity) {
        var doors = parsed(source, url, GATEWAY_PORT);
        if (doors.size() > 1) throw new Refusal(source + ": name one gateway");
        return Master.behind(doors.getFirst(), TIMEOUT, identity);
    }

    private static Identity signedIn() {
        var given = bearer();
        if (!(given instanceof Identity.Nobody)) return given;
        return Session.in(LoginCommand.file()).map(Identity.class::cast).orElse(given);
    }

    private static Identity bearer() {
        return environment("MESETA_TOKEN")
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
            var door = json.textOf("gateway").filter(text -> !text.isEmpty());
            if (door.isPresent()) {
                return behind(record.toString(), door.get(), identity(json, door.get(), data));
            }
            var masters =
                    json.textOf("master")
                            .orElseThrow(() -> new Refusal(record + " names no master"));
            return direct(record.toString(), masters, identity(json, "", data));
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
    ///
    /// @param door where the auth-service is reached too; empty if it must be asked itself
    private static Identity identity(Json record, String door, Path data) {
        var given = bearer();
        var auth = record.textOf("auth").filter(text -> !text.isEmpty());
        if (auth.isEmpty() || !(given instanceof Identity.Nobody)) return given;
        var secrets = data.resolve("secrets");
        return Identity.ofAccount(
                URI.create(door.isEmpty() ? auth.get() : door),
                ACCOUNT,
                secrets.resolve(ACCOUNT + ".secret"),
                secrets);
    }

    private static List<Endpoint> parsed(String source, String text, int portDefault) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(each -> Endpoint.parse(each, portDefault))
                    .toList();
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(source + ": " + wrong.getMessage());
        }
    }
}
