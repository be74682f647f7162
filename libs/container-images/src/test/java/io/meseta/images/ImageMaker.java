package io.meseta.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.ScriptedRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Makes small images, and gives them to a registry.
public final class ImageMaker {

    private final List<byte[]> layers = new ArrayList<>();
    private final List<Digest> diffIds = new ArrayList<>();
    private Platform platform = Platform.here();
    private String settings = "{}";

    public ImageMaker layer(byte[] archive) {
        diffIds.add(Digest.Algorithm.SHA256.of(archive));
        layers.add(layers.size() % 2 == 0 ? TarMaker.gzip(archive) : TarMaker.zstd(archive));
        return this;
    }

    public ImageMaker platform(String platform) {
        this.platform = Platform.parse(platform);
        return this;
    }

    /// The `config` object of the configuration.
    public ImageMaker settings(String json) {
        this.settings = json;
        return this;
    }

    public List<Digest> diffIds() {
        return diffIds;
    }

    public List<byte[]> layers() {
        return layers;
    }

    public byte[] config() {
        var ids = diffIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return """
        {"os": "%s", "architecture": "%s", "config": %s,
         "rootfs": {"type": "layers", "diff_ids": [%s]}}\
        """
                .formatted(platform.os(), platform.architecture(), settings, ids)
                .getBytes(UTF_8);
    }

    public String manifest() {
        var described =
                layers.stream()
                        .map(layer -> descriptor(MediaTypes.OCI_LAYER + "+gzip", layer))
                        .collect(Collectors.joining(","));
        return """
        {"schemaVersion": 2, "mediaType": "%s", "config": %s, "layers": [%s]}\
        """
                .formatted(
                        MediaTypes.OCI_MANIFEST,
                        descriptor(MediaTypes.OCI_CONFIG, config()),
                        described);
    }

    public static String descriptor(String mediaType, byte[] content) {
        return """
        {"mediaType": "%s", "digest": "%s", "size": %d}\
        """
                .formatted(mediaType, Digest.Algorithm.SHA256.of(content), content.length);
    }

    /// Pushes it.
    public Digest into(ScriptedRegistry registry, String repository, String tag) {
        registry.blob(repository, config());
        for (var layer : layers) registry.blob(repository, layer);
        return registry.manifest(repository, tag, manifest(), MediaTypes.OCI_MANIFEST);
    }
}
