package io.meseta.images.store;

import io.meseta.images.layers.Unpacked;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The texts in which the store remembers: a first line that says kind and version, then lines of a
/// word and a value, then `end`. One that is not whole is as good as none: it is rubbish of a disk,
/// since we rename whole files only.
final class Records {

    private static final String IMAGE = "meseta image 1";
    private static final String LAYER = "meseta layer 1";
    private static final String LEASE = "meseta lease 1";
    private static final String END = "end";

    private Records() {}

    static byte[] of(StoredImage image) {
        var lines = new ArrayList<String>();
        lines.add("name " + image.name());
        lines.add("manifest " + image.manifest());
        lines.add("config " + image.config());
        image.layers().forEach(layer -> lines.add("layer " + layer));
        return text(IMAGE, lines);
    }

    static Optional<StoredImage> image(Path file) {
        return body(file, IMAGE)
                .map(lines ->
                        new StoredImage(
                                value(lines, "name"),
                                Digest.parse(value(lines, "manifest")),
                                Digest.parse(value(lines, "config")),
                                digests(lines)));
    }

    static byte[] of(Unpacked unpacked) {
        return text(
                LAYER,
                List.of(
                        "bytes " + unpacked.bytes(),
                        "hidesAllBelow " + unpacked.hidesAllBelow(),
                        "isOwned " + unpacked.isOwned()));
    }

    static Optional<StoredLayer> layer(Digest diffId, Path directory) {
        return body(directory.resolve("traits"), LAYER)
                .map(lines ->
                        new StoredLayer(
                                diffId,
                                directory.resolve("fs"),
                                Long.parseLong(value(lines, "bytes")),
                                value(lines, "hidesAllBelow").equals("true"),
                                value(lines, "isOwned").equals("true")));
    }

    static byte[] of(String owner, Set<Digest> layers) {
        var lines = new ArrayList<String>();
        lines.add("owner " + owner);
        layers.forEach(layer -> lines.add("layer " + layer));
        return text(LEASE, lines);
    }

    static Optional<String> owner(Path file) {
        return body(file, LEASE).map(lines -> value(lines, "owner"));
    }

    static Set<Digest> leased(Path file) {
        return body(file, LEASE)
                .<Set<Digest>>map(lines -> new LinkedHashSet<>(digests(lines)))
                .orElse(Set.of());
    }

    private static byte[] text(String head, List<String> lines) {
        return (head + "\n" + String.join("\n", lines) + "\n" + END + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<List<String>> body(Path file, String head) {
        return Durable.lines(file)
                .filter(lines -> lines.size() > 2)
                .filter(lines -> lines.getFirst().equals(head) && lines.getLast().equals(END))
                .map(lines -> lines.subList(1, lines.size() - 1));
    }

    private static String value(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .findFirst()
                .orElseThrow(() -> ImageFault.malformed("a record of the store lacks " + word));
    }

    private static List<Digest> digests(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("layer "))
                .map(line -> Digest.parse(line.substring("layer ".length())))
                .toList();
    }
}
