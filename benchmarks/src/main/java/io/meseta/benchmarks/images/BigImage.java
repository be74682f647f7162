package io.meseta.benchmarks.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// An image of many files of many sizes, about half of which can be compressed, as images are.
final class BigImage {

    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final int BLOCK = 512;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI repository;
    private final List<String> diffIds = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();

    /// @param repository as in `http://host/v2/name/`
    BigImage(URI repository) {
        this.repository = repository;
    }

    /// Makes and pushes an image of `count` layers of `bytes` each.
    void push(int count, int bytes) throws IOException, InterruptedException {
        var chance = new Random(1);
        for (int i = 0; i < count; i++) {
            var archive = archive(i, bytes, chance);
            diffIds.add("\"" + digest(archive) + "\"");
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(archive);
            }
            layers.add(blob(LAYER, packed.toByteArray()));
        }
        var config =
                """
                {"os": "linux", "architecture": "%s", "config": {},
                 "rootfs": {"type": "layers", "diff_ids": [%s]}}\
                """
                        .formatted(
                                System.getProperty("os.arch").replace("aarch64", "arm64"),
                                String.join(",", diffIds));
        var manifest =
                """
                {"schemaVersion": 2, "mediaType": "%s", "config": %s, "layers": [%s]}\
                """
                        .formatted(MANIFEST, blob(CONFIG, bytes(config)), String.join(",", layers));
        send("PUT", repository.resolve("manifests/1"), MANIFEST, bytes(manifest));
    }

    private String blob(String type, byte[] content) throws IOException, InterruptedException {
        var digest = digest(content);
        var start = repository.resolve("blobs/uploads/");
        var place = start.resolve(send("POST", start, "application/octet-stream", new byte[0]));
        var separator = place.getRawQuery() == null ? "?" : "&";
        send(
                "PUT",
                URI.create(place + separator + "digest=" + digest),
                "application/octet-stream",
                content);
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                .formatted(type, digest, content.length);
    }

    private String send(String method, URI address, String type, byte[] body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2)
            return answer.headers().firstValue("Location").orElse("");
        throw new IOException(answer.statusCode() + ": " + answer.body());
    }

    private static byte[] archive(int layer, int bytes, Random chance) {
        var archive = new ByteArrayOutputStream(bytes + bytes / 8);
        for (int file = 0; archive.size() < bytes; file++) {
            int size = Math.min(bytes, 1 << (6 + chance.nextInt(16)));
            var name = "usr/share/layer%d/d%d/file%d".formatted(layer, file % 50, file);
            archive.writeBytes(header(name, size));
            archive.writeBytes(content(size, chance));
            archive.writeBytes(new byte[-size & (BLOCK - 1)]);
        }
        archive.writeBytes(new byte[2 * BLOCK]);
        return archive.toByteArray();
    }

    private static byte[] content(int size, Random chance) {
        var content = new byte[size];
        if (chance.nextBoolean()) {
            chance.nextBytes(content);
            return content;
        }
        for (int i = 0; i < size; i++) content[i] = (byte) ('a' + (chance.nextInt() & 7));
        return content;
    }

    private static byte[] header(String name, int size) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(1_700_000_000));
        header[156] = '0';
        put(header, 257, "ustar\00000");
        put(header, 148, "        ");
        int sum = 0;
        for (byte each : header) sum += Byte.toUnsignedInt(each);
        put(header, 148, "%06o\0".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = bytes(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every JDK has it", missing);
        }
    }
}
