package io.meseta.images.manifest;

import io.meseta.images.json.Json;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a tag or digest of an image leads to: one image, or a list of images by platform.
public sealed interface Manifest {

    /// A manifest of more bytes is refused; registries hold the same limit.
    int BYTES_MAX = 4 << 20;

    /// A list of more entries is refused.
    int ENTRIES_MAX = 1000;

    /// Overlayfs takes 500 lower directories; whoever needs more has made a mistake.
    int LAYERS_MAX = 500;

    /// The word for a platform that is none.
    String NOBODYS = "unknown";

    /// One image for each platform.
    record Listed(List<Entry> entries) implements Manifest {
        public Listed {
            if (entries.size() > ENTRIES_MAX) {
                throw ImageFault.tooLarge("a list of %d manifests".formatted(entries.size()));
            }
            entries = List.copyOf(entries);
        }

        /// The image that runs best on `wanted`. An entry that names no platform is taken last.
        public Descriptor choose(Platform wanted) {
            var named = entries.stream().filter(entry -> entry.platform() != null).toList();
            Optional<Entry> best = Platform.best(wanted, named, entry -> entry.platformOr(wanted));
            return best.or(() ->
                            entries.stream().filter(entry -> !named.contains(entry)).findFirst())
                    .map(Entry::manifest)
                    .orElseThrow(() ->
                            new ImageFault(
                                    Kind.UNSUPPORTED,
                                    "no image for %s, but for %s"
                                            .formatted(wanted, offered(named))));
        }

        private static List<String> offered(List<Entry> named) {
            return named.stream()
                    .map(entry -> String.valueOf(entry.platform()))
                    .filter(platform -> !platform.startsWith(NOBODYS + "/"))
                    .distinct()
                    .limit(20)
                    .toList();
        }
    }

    /// One line of a list.
    ///
    /// @param platform null where the list does not say
    record Entry(Descriptor manifest, @Nullable Platform platform) {
        Platform platformOr(Platform otherwise) {
            return platform == null ? otherwise : platform;
        }
    }

    /// One image: its configuration and its layers, the lowest first.
    record Single(Descriptor config, List<Descriptor> layers) implements Manifest {
        public Single {
            if (layers.size() > LAYERS_MAX) {
                throw ImageFault.tooLarge("an image of %d layers".formatted(layers.size()));
            }
            layers = List.copyOf(layers);
        }

        /// What a pull has to move at most, in bytes.
        public long totalSize() {
            return config.size() + layers.stream().mapToLong(Descriptor::size).sum();
        }

        /// The digests of the unpacked layers must be as many as the layers.
        public ImageConfig check(ImageConfig configuration) {
            if (configuration.diffIds().size() == layers.size()) return configuration;
            throw ImageFault.malformed(
                    "%d layers, but %d in the configuration"
                            .formatted(layers.size(), configuration.diffIds().size()));
        }
    }

    /// Reads a manifest that has been checked against its digest.
    ///
    /// @param announced the media type it was said to be, empty where nobody said
    static Manifest parse(byte[] text, String announced) {
        if (text.length > BYTES_MAX) throw ImageFault.tooLarge("a manifest above 4 MiB");
        var json = Json.object(text, "the manifest");
        var outside = MediaTypes.bare(announced);
        var inside = json.text("mediaType").map(MediaTypes::bare).orElse("");
        if (json.number("schemaVersion").orElse(0) == 1 || MediaTypes.isSchemaOne(inside)) {
            throw new ImageFault(
                    Kind.UNSUPPORTED,
                    "a manifest of Docker's schema 1, which has no safe digests;"
                            + " push the image again with a tool of this decade");
        }
        var type = type(json, inside, outside);
        if (MediaTypes.isList(type)) return listed(json);
        if (MediaTypes.isImage(type)) return single(json);
        throw new ImageFault(
                Kind.UNSUPPORTED, "no image: its manifest is of type " + ImageFault.quoted(type));
    }

    /// A document that could be read as list and as image means two things, and so is refused
    /// (CVE-2021-41190).
    private static String type(Json.Members json, String inside, String outside) {
        var hasList = json.has("manifests");
        var hasImage = json.has("layers") || json.has("config");
        if (hasList == hasImage) throw ImageFault.malformed("neither one image nor a list of them");
        var said = known(inside) ? inside : outside;
        if (known(inside) && known(outside) && !inside.equals(outside)) {
            throw ImageFault.malformed(
                    "it says to be %s, but came as %s".formatted(inside, outside));
        }
        if (!known(said)) {
            return inside.isEmpty() ? shape(hasList) : inside;
        }
        if (MediaTypes.isList(said) != hasList) {
            throw ImageFault.malformed("it says to be %s and is not".formatted(said));
        }
        return said;
    }

    private static String shape(boolean isList) {
        return isList ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
    }

    private static boolean known(String type) {
        return MediaTypes.isList(type) || MediaTypes.isImage(type);
    }

    private static Manifest listed(Json.Members json) {
        return new Listed(json.objects("manifests").stream().map(Manifest::entry).toList());
    }

    private static Entry entry(Json.Members json) {
        return new Entry(
                Descriptor.of(json),
                json.has("platform") ? platform(json.object("platform")) : null);
    }

    /// A platform that is no words is nobody's, as those of attestations are: the other images of
    /// the list are as good as before.
    private static Platform platform(Json.Members json) {
        var os = json.text("os").filter(text -> !text.isEmpty()).orElse(NOBODYS);
        var architecture =
                json.text("architecture").filter(text -> !text.isEmpty()).orElse(NOBODYS);
        var variant = json.text("variant").orElse("");
        try {
            return new Platform(os, architecture, variant);
        } catch (ImageFault _) {
            return Platform.of(NOBODYS, NOBODYS);
        }
    }

    private static Manifest single(Json.Members json) {
        var config = Descriptor.of(json.object("config"));
        if (!MediaTypes.isConfig(config.mediaType())) {
            throw new ImageFault(
                    Kind.UNSUPPORTED,
                    "no container image: its configuration is of type "
                            + ImageFault.quoted(config.mediaType()));
        }
        var layers = json.objects("layers").stream().map(Descriptor::of).toList();
        for (var layer : layers) {
            if (!MediaTypes.isLayer(layer.mediaType())) {
                throw new ImageFault(
                        Kind.UNSUPPORTED,
                        "a layer of type " + ImageFault.quoted(layer.mediaType()));
            }
        }
        return new Single(config, layers);
    }
}
