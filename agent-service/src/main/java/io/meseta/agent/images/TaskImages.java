package io.meseta.agent.images;

import io.meseta.images.ImageSource;
import io.meseta.images.Images;
import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.registry.DockerConfig;
import io.meseta.images.store.Collected;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The images of this machine, for its containers. Trouble is an [ImageFault].
public final class TaskImages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskImages.class);

    private final Images images;
    private final ImageReading reading;
    private final String config;

    /// @param archives see [ImageReading]
    /// @param config the file with the agent's own credentials, in Docker's form, read anew for
    ///   each pull; empty for none
    public TaskImages(Images images, String archives, String config) {
        this.images = images;
        this.reading = new ImageReading(archives);
        this.config = config;
    }

    /// The image that a container is to have; empty where it has none.
    public Optional<ImageWish> wish(ContainerInfo container) {
        if (container.hasType() && container.getType() == ContainerInfo.Type.DOCKER)
            return Optional.of(reading.read(container.getDocker()));
        return container.getMesos().hasImage()
                ? Optional.of(reading.read(container.getMesos().getImage()))
                : Optional.empty();
    }

    public ImageWish wish(Image image) {
        return reading.read(image);
    }

    /// Makes an image ready and leases it to the container, over restarts, until it is released.
    ///
    /// @param progress hears how far it is, in words for people
    public ReadyImage pull(UUID container, ImageWish wish, Consumer<String> progress) {
        var own = wish.credentials();
        var credentials = own.equals(DockerConfig.empty()) ? configured() : own;
        return images.pull(
                container.toString(),
                wish.source(),
                wish.policy(),
                credentials,
                heard -> progress.accept(heard.toString()));
    }

    /// What was made ready for the container before.
    public ReadyImage leased(UUID container, ImageWish wish) {
        return images.leased(container.toString(), wish.source());
    }

    public void release(UUID container) {
        images.release(container.toString());
    }

    /// Releases what is leased to containers that nobody holds any more.
    public void releaseAllBut(Set<UUID> held) {
        for (var owner : images.owners()) {
            boolean isHeld = held.stream().anyMatch(each -> each.toString().equals(owner));
            if (!isHeld) images.release(owner);
        }
    }

    /// Removes what no container uses.
    public Collected prune(List<Image> excluded) {
        return images.prune(sources(excluded));
    }

    /// Removes what was unused for longest, if the disk is too full.
    public Collected relieve(List<String> excluded) {
        var sources = new HashSet<ImageSource>();
        for (var name : excluded) sources.add(ImageSource.parse(name));
        return images.relieve(sources);
    }

    private Set<ImageSource> sources(List<Image> wanted) {
        var sources = new HashSet<ImageSource>();
        for (var image : wanted) sources.add(reading.read(image).source());
        return sources;
    }

    private DockerConfig configured() {
        if (config.isEmpty()) return DockerConfig.empty();
        try {
            return DockerConfig.parse(Files.readAllBytes(Path.of(config)));
        } catch (IOException | ImageFault unreadable) {
            // Many images need no credential at all; those that do will say so.
            LOG.atWarn()
                    .addKeyValue("file", config)
                    .addKeyValue("cause", unreadable.getMessage())
                    .log("The agent's registry credentials can't be read.");
            return DockerConfig.empty();
        }
    }

    @Override
    public void close() {
        images.close();
    }
}
