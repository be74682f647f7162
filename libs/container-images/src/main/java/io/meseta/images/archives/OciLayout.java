package io.meseta.images.archives;

import io.meseta.images.json.Json;
import io.meseta.images.manifest.Descriptor;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.manifest.Manifest;
import io.meseta.images.manifest.Manifest.Entry;
import io.meseta.images.manifest.Manifest.Listed;
import io.meseta.images.manifest.Manifest.Single;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import java.util.List;

/// The OCI image layout: `oci-layout`, `index.json`, and blobs by digest.
final class OciLayout {

    private static final List<String> NAMES =
            List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");
    private static final int NESTED_MAX = 3;

    private OciLayout() {}

    static ArchiveImage find(ImageFiles files, String name, Platform platform) {
        var version =
                Json.object(files.read("oci-layout", 4096), "oci-layout")
                        .needText("imageLayoutVersion");
        if (!version.startsWith("1.")) {
            throw new ImageFault(
                    Kind.UNSUPPORTED, "an OCI layout of version " + ImageFault.quoted(version));
        }
        var index = files.read("index.json", Manifest.BYTES_MAX);
        if (!(Manifest.parse(index, "") instanceof Listed all)) {
            throw ImageFault.malformed("index.json is no list of images");
        }
        var named = all.entries().stream().filter(entry -> isNamed(entry, name)).toList();
        if (named.isEmpty()) {
            throw new ImageFault(
                    Kind.NOT_FOUND, "the layout has no image called " + ImageFault.quoted(name));
        }
        var chosen = new Listed(named).choose(platform);
        return image(files, chosen, platform);
    }

    private static boolean isNamed(Entry entry, String name) {
        var annotations = entry.manifest().annotations();
        return name.isEmpty() || NAMES.stream().anyMatch(key -> name.equals(annotations.get(key)));
    }

    private static ArchiveImage image(ImageFiles files, Descriptor top, Platform platform) {
        var current = top;
        for (int depth = 0; depth < NESTED_MAX; depth++) {
            var text = blob(files, current, Manifest.BYTES_MAX);
            switch (Manifest.parse(text, current.mediaType())) {
                case Listed listed -> current = listed.choose(platform);
                case Single single -> {
                    var config = blob(files, single.config(), ImageConfig.BYTES_MAX);
                    return new ArchiveImage(
                            files,
                            top.digest(),
                            config,
                            single.layers().stream().map(each -> place(each.digest())).toList());
                }
            }
        }
        throw ImageFault.malformed("lists of lists of lists of images");
    }

    private static byte[] blob(ImageFiles files, Descriptor descriptor, int max) {
        var text = files.read(place(descriptor.digest()), max);
        var digest = descriptor.digest();
        if (text.length == descriptor.size() && digest.algorithm().of(text).equals(digest)) {
            return text;
        }
        throw new ImageFault(Kind.WRONG_DIGEST, "the layout's blob " + digest + " is not that");
    }

    private static String place(Digest digest) {
        return "blobs/%s/%s".formatted(digest.algorithm().word(), digest.hex());
    }
}
