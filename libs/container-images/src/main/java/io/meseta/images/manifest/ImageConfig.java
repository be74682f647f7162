package io.meseta.images.manifest;

import io.meseta.images.json.Json;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import java.util.List;

/// The configuration of one image: for what machine it is, what its layers unpack to, and how it
/// likes to be run.
///
/// @param diffIds the digests of the uncompressed layers, the lowest first
public record ImageConfig(Platform platform, List<Digest> diffIds, RunDefaults defaults) {

    /// A configuration of more bytes is refused.
    public static final int BYTES_MAX = 8 << 20;

    public ImageConfig {
        if (diffIds.size() > Manifest.LAYERS_MAX) {
            throw ImageFault.tooLarge("an image of %d layers".formatted(diffIds.size()));
        }
        diffIds = List.copyOf(diffIds);
    }

    /// Reads a configuration that has been checked against its digest.
    public static ImageConfig parse(byte[] text) {
        if (text.length > BYTES_MAX) throw ImageFault.tooLarge("a configuration above 8 MiB");
        var json = Json.object(text, "the image's configuration");
        var layers = json.object("rootfs");
        var kind = layers.text("type").orElse("layers");
        if (!kind.equals("layers")) {
            throw new ImageFault(
                    Kind.UNSUPPORTED, "a root file system of type " + ImageFault.quoted(kind));
        }
        return new ImageConfig(
                new Platform(
                        json.text("os").filter(os -> !os.isEmpty()).orElse("linux"),
                        json.text("architecture").filter(arch -> !arch.isEmpty()).orElse("amd64"),
                        json.text("variant").orElse("")),
                layers.texts("diff_ids").stream().map(Digest::parse).toList(),
                defaults(json.object("config")));
    }

    private static RunDefaults defaults(Json.Members config) {
        return new RunDefaults(
                config.texts("Env"),
                config.texts("Entrypoint"),
                config.texts("Cmd"),
                config.text("User").orElse(""),
                config.text("WorkingDir").orElse(""),
                config.names("Volumes"),
                config.names("ExposedPorts"),
                config.text("StopSignal").filter(signal -> !signal.isEmpty()).orElse(null),
                config.textsByName("Labels"));
    }
}
