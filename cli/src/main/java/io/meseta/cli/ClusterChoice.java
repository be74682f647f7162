package io.meseta.cli;

import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.client.json.Json;
import io.meseta.client.json.MalformedJson;
import java.io.IOException;
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
/// up` has started from the data directory.
final class ClusterChoice {

    /// How long any one call may take.
    static final Duration TIMEOUT = Duration.ofSeconds(10);

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
        return new Master(endpoints(), TIMEOUT);
    }

    private List<Endpoint> endpoints() {
        if (master != null) {
            return parsed("--master", master);
        }
        var fromEnvironment = System.getenv("MESETA_MASTER");
        if (data == null && fromEnvironment != null && !fromEnvironment.isBlank()) {
            return parsed("MESETA_MASTER", fromEnvironment);
        }
        return recorded(data == null ? Path.of(defaultData()) : data);
    }

    /// The script says where the repository's own data directory is, since we may run anywhere.
    private static String defaultData() {
        return System.getProperty("meseta.data", ".meseta");
    }

    private static List<Endpoint> recorded(Path data) {
        var record = data.resolve("run.json");
        try {
            if (Files.size(record) > RECORD_BYTES_MAX) {
                throw new Refusal(record + " is not a record of ./meseta up");
            }
            return Optional.of(Json.parse(Files.readString(record)))
                    .flatMap(json -> json.textOf("master"))
                    .map(text -> parsed(record.toString(), text))
                    .orElseThrow(() -> new Refusal(record + " names no master"));
        } catch (NoSuchFileException _) {
            throw new Refusal(
                    "no cluster runs from "
                            + data
                            + ": start one with ./meseta up --open, or name one with --master URL");
        } catch (IOException | MalformedJson broken) {
            throw new Refusal("cannot read " + record + ": " + broken.getMessage());
        }
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
