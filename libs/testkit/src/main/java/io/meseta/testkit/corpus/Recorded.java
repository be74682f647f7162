package io.meseta.testkit.corpus;

import io.meseta.testkit.RepositoryRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One exchange with a running Mesos, as it was recorded.
public record Recorded(JsonNode node) {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    /// Where the recordings lie beside the repository; empty where they do not.
    public static Optional<Path> folder() {
        var folder = RepositoryRoot.find().resolve("../shared/reference/corpus").normalize();
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    public static List<Recorded> group(Path folder, String group) {
        var all = new ArrayList<Recorded>();
        var file = folder.resolve(group + ".jsonl.gz");
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine())
                all.add(new Recorded(JSON.readTree(line)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
        return all;
    }

    public String name() {
        return node.path("case").asString();
    }

    /// Some requests are not HTTP, or were cut for their length; they are not told here in full.
    public boolean isReplayable() {
        var line = line();
        return !line.isEmpty()
                && !line.contains("…")
                && node.path("response").path("line").asString("").startsWith("HTTP/1.1 ");
    }

    public String line() {
        return node.path("request").path("line").asString("");
    }

    public String method() {
        return line().split(" ", 2)[0];
    }

    public List<String> headers() {
        var all = new ArrayList<String>();
        for (var header : node.path("request").path("headers"))
            all.add(header.path(0).asString() + ": " + header.path(1).asString());
        return all;
    }

    public byte[] requestBody() {
        return bytes(node.path("request").path("body"));
    }

    public int status() {
        return Integer.parseInt(node.path("response").path("line").asString().split(" ", 3)[1]);
    }

    /// A header of the answer; empty text if there is none.
    public String header(String name) {
        for (var header : node.path("response").path("headers"))
            if (header.path(0).asString().toLowerCase(Locale.ROOT).equals(name))
                return header.path(1).asString();
        return "";
    }

    public byte[] responseBody() {
        return bytes(node.path("response").path("body"));
    }

    /// A header of the request; empty text if there is none.
    public String asked(String name) {
        for (var header : node.path("request").path("headers"))
            if (header.path(0).asString().equalsIgnoreCase(name)) return header.path(1).asString();
        return "";
    }

    public boolean isStream() {
        return node.has("events") || !header("mesos-stream-id").isEmpty();
    }

    public List<JsonNode> events() {
        var all = new ArrayList<JsonNode>();
        for (var each : node.path("events")) all.add(each.path("event"));
        return all;
    }

    private static byte[] bytes(JsonNode body) {
        return body.has("base64")
                ? Base64.getDecoder().decode(body.path("base64").asString())
                : body.path("text").asString("").getBytes(StandardCharsets.UTF_8);
    }
}
