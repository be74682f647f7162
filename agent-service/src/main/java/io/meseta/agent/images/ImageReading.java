package io.meseta.agent.images;

import io.meseta.images.ImageSource;
import io.meseta.images.appc.AppcName;
import io.meseta.images.pulls.PullPolicy;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageReference;
import io.meseta.images.registry.Credential;
import io.meseta.images.registry.DockerConfig;
import io.meseta.mesos.v1.ContainerInfo.DockerInfo;
import io.meseta.mesos.v1.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/// Reads images as the wire names them. What makes no sense is an
/// [io.meseta.images.reference.ImageFault].
final class ImageReading {

    private final String archives;

    /// @param archives a directory of `docker save` archives and OCI layouts, whose names come
    ///   before registries'; empty for none
    ImageReading(String archives) {
        this.archives = archives;
    }

    @SuppressWarnings("deprecation") // `credential` is old, and frameworks still send it
    ImageWish read(Image image) {
        var policy = image.getCached() ? PullPolicy.CACHED : PullPolicy.ALWAYS;
        return switch (image.getType()) {
            case APPC -> new ImageWish(appc(image.getAppc()), policy, DockerConfig.empty());
            case DOCKER -> {
                var docker = image.getDocker();
                var credentials = DockerConfig.empty();
                if (docker.hasConfig()) {
                    credentials =
                            DockerConfig.parse(
                                    docker.getConfig().getValue().getData().toByteArray());
                } else if (docker.hasCredential()) {
                    var password =
                            new Credential.Password(
                                    docker.getCredential().getPrincipal(),
                                    docker.getCredential().getSecret());
                    var registry = ImageReference.parse(docker.getName()).registry();
                    credentials = DockerConfig.of(registry, password);
                }
                yield new ImageWish(docker(docker.getName()), policy, credentials);
            }
        };
    }

    ImageWish read(DockerInfo docker) {
        var policy = docker.getForcePullImage() ? PullPolicy.ALWAYS : PullPolicy.CACHED;
        return new ImageWish(docker(docker.getImage()), policy, DockerConfig.empty());
    }

    private ImageSource docker(String name) {
        return inArchives(name)
                .orElseGet(() -> new ImageSource.InRegistry(ImageReference.parse(name)));
    }

    /// An archive, an OCI layout of that name, or the image of an OCI layout that has its tag.
    private Optional<ImageSource> inArchives(String name) {
        int colon = name.lastIndexOf(':');
        var archive =
                below(name + ".tar")
                        .filter(Files::isRegularFile)
                        .or(() -> below(name).filter(ImageReading::isLayout))
                        .<ImageSource>map(path -> new ImageSource.InFile(path, ""));
        if (archive.isPresent() || colon <= name.lastIndexOf('/')) return archive;
        return below(name.substring(0, colon))
                .filter(ImageReading::isLayout)
                .map(path -> new ImageSource.InFile(path, name.substring(colon + 1)));
    }

    private static boolean isLayout(Path directory) {
        return Files.isRegularFile(directory.resolve("oci-layout"));
    }

    /// A framework's text becomes a path only below the operator's directory.
    private Optional<Path> below(String name) {
        if (archives.isEmpty() || name.isEmpty() || name.indexOf('\0') >= 0)
            return Optional.empty();
        var root = Path.of(archives).normalize();
        var path = root.resolve("./" + name).normalize();
        return path.startsWith(root) && !path.equals(root) ? Optional.of(path) : Optional.empty();
    }

    private static ImageSource appc(Image.Appc appc) {
        var labels = new HashMap<String, String>();
        for (var label : appc.getLabels().getLabelsList())
            labels.put(label.getKey(), label.getValue());
        var id = appc.getId().isEmpty() ? null : Digest.parse(appc.getId().replaceFirst("-", ":"));
        return new ImageSource.InAppc(new AppcName(appc.getName(), labels, id));
    }
}
