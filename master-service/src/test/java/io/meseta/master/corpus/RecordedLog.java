package io.meseta.master.corpus;

import io.meseta.testkit.corpus.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// What a recording knows of the log that the recorded master wrote.
final class RecordedLog {

    private static final byte SPACE = ' ';

    private RecordedLog() {}

    /// As much of it as was read, and as long as it was; empty where it was not read.
    static Optional<byte[]> of(Recorded recorded) {
        if (!recorded.isReplayable()
                || recorded.status() != 200
                || recorded.responseBody().length == 0) return Optional.empty();
        if (recorded.name().endsWith("READ_FILE-log.json")) {
            var answer = Recorded.JSON.readTree(recorded.responseBody()).path("read_file");
            var read = Base64.getDecoder().decode(answer.path("data").asString());
            var log = Arrays.copyOf(read, answer.path("size").asInt());
            Arrays.fill(log, read.length, log.length, SPACE);
            return Optional.of(log);
        }
        if (recorded.name().endsWith("offset_0_length_5-ok")) {
            var answer = Recorded.JSON.readTree(recorded.responseBody());
            return Optional.of(answer.path("data").asString().getBytes(StandardCharsets.UTF_8));
        }
        return recorded.name().endsWith("GET_files_download_path_master_log")
                ? Optional.of(recorded.responseBody())
                : Optional.empty();
    }
}
