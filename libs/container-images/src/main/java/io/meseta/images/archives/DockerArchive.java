package io.meseta.images.archives;

import io.meseta.images.json.Json;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.manifest.Manifest;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.ImageReference;
import io.meseta.images.reference.Platform;
import java.util.List;

/// What `docker save` writes: `manifest.json` with, for each image, its tags, its configuration and
/// its layers. It has no digests of its own; those in the configuration tell the layers.
final class DockerArchive {

    private DockerArchive() {}

    static ArchiveImage find(ImageFiles files, String name, Platform platform) {
        var text = files.read("manifest.json", Manifest.BYTES_MAX);
        if (!(Json.parse(text, "manifest.json") instanceof Json.Items items)) {
            throw ImageFault.malformed("manifest.json is no array");
        }
        var named = items.objects().stream().filter(image -> isNamed(image, name)).toList();
        var image = choose(files, named, name, platform);
        var config = files.read(image.needText("Config"), ImageConfig.BYTES_MAX);
        return new ArchiveImage(
                files, Digest.Algorithm.SHA256.of(config), config, image.texts("Layers"));
    }

    private static Json.Members choose(
            ImageFiles files, List<Json.Members> images, String name, Platform platform) {
        if (images.size() == 1) return images.getFirst();
        return Platform.best(platform, images, image -> platform(files, image))
                .filter(_ -> !name.isEmpty())
                .orElseThrow(() ->
                        new ImageFault(
                                Kind.NOT_FOUND,
                                "the archive has %d images called %s"
                                        .formatted(images.size(), ImageFault.quoted(name))));
    }

    private static Platform platform(ImageFiles files, Json.Members image) {
        return ImageConfig.parse(files.read(image.needText("Config"), ImageConfig.BYTES_MAX))
                .platform();
    }

    /// Tags are compared as references, so that `app:1` is `docker.io/library/app:1`.
    private static boolean isNamed(Json.Members image, String name) {
        if (name.isEmpty()) return true;
        return image.texts("RepoTags").stream()
                .anyMatch(tag -> tag.equals(name) || isSame(tag, name));
    }

    private static boolean isSame(String tag, String name) {
        try {
            return ImageReference.parse(tag).equals(ImageReference.parse(name));
        } catch (ImageFault _) {
            // One of the two is no reference, so they were compared as texts already.
            return false;
        }
    }
}
