package io.meseta.images;

import io.meseta.images.ImageSource.InAppc;
import io.meseta.images.ImageSource.InFile;
import io.meseta.images.ImageSource.InRegistry;
import io.meseta.images.appc.AppcDiscovery;
import io.meseta.images.appc.AppcImage;
import io.meseta.images.appc.AppcName;
import io.meseta.images.archives.ArchiveImage;
import io.meseta.images.pulls.FetchableImage;
import io.meseta.images.pulls.PullPolicy;
import io.meseta.images.pulls.PullProgress;
import io.meseta.images.pulls.Pulls;
import io.meseta.images.pulls.Pulls.Wish;
import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.pulls.RegistryImage;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.registry.DockerConfig;
import io.meseta.images.registry.Registries;
import io.meseta.images.registry.WebFiles;
import io.meseta.images.store.Collected;
import io.meseta.images.store.ImageStore;
import io.meseta.images.store.StoredImage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All images of one machine: pulled, kept, leased and removed. Safe for threads.
///
/// Trouble is an [ImageFault], whose kind says who can help.
public final class Images implements AutoCloseable {

    private final ImagesSettings settings;
    private final ImageStore store;
    private final Registries registries;
    private final WebFiles web;
    private final Pulls pulls;

    private Images(ImagesSettings settings, ImageStore store) {
        this.settings = settings;
        this.store = store;
        this.registries = new Registries(settings.registries());
        this.web = new WebFiles(settings.registries());
        this.pulls =
                new Pulls(store, settings.unpacking(), settings.layersMax(), settings.pullMax());
    }

    /// Opens the store, sweeps what a crash has left, and takes up the leases of the last process.
    public static Images open(ImagesSettings settings) {
        return new Images(settings, ImageStore.open(settings.directory()));
    }

    /// Makes an image ready and leases it to `owner`, until [#release], over restarts. Waits for as
    /// long as it takes; interrupting the thread stops it, and the pull too if nobody else waits.
    ///
    /// @param credentials of this pull; no other pull is served with them
    public ReadyImage pull(
            String owner,
            ImageSource source,
            PullPolicy policy,
            DockerConfig credentials,
            PullProgress.Listener listener) {
        relieve(Set.of(source));
        var name = source.nameFor(settings.platform());
        return switch (source) {
            case InRegistry(var reference) -> {
                var repository = registries.open(reference, credentials);
                var wish = new Wish(name, new Shared(source, credentials), settings.platform());
                // What a digest names does not change, so there is nothing to look up.
                var isPinned = reference.pin().isPresent();
                yield pulls.pull(
                        owner,
                        wish,
                        isPinned ? PullPolicy.CACHED : policy,
                        repository::resolve,
                        () -> RegistryImage.find(repository, settings.platform(), store),
                        listener);
            }
            case InAppc(var wanted) ->
                    pulls.pull(
                            owner,
                            new Wish(name, source, settings.platform()),
                            policy,
                            () -> current(wanted),
                            () -> open(wanted),
                            listener);
            case InFile file ->
                    pulls.pull(
                            owner,
                            new Wish(name, source, settings.platform()),
                            policy,
                            () -> current(file),
                            () -> open(file),
                            listener);
        };
    }

    /// Who may share a pull: whoever asks for the same with the same credentials.
    private record Shared(ImageSource source, DockerConfig credentials) {}

    private Optional<Digest> current(InFile file) {
        try (var image = open(file)) {
            return Optional.of(image.manifest());
        }
    }

    /// An id says all; without one, only fetching tells.
    private Optional<Digest> current(AppcName name) {
        if (name.id() != null) return Optional.of(name.id());
        try (var image = open(name)) {
            return Optional.of(image.manifest());
        }
    }

    private FetchableImage open(AppcName name) {
        var source = new AppcDiscovery(settings.appcPrefix(), "https", web);
        return AppcImage.find(name, source, settings.platform(), store::scratch);
    }

    private FetchableImage open(InFile file) {
        return ArchiveImage.find(file.path(), file.name(), settings.platform(), store.scratch());
    }

    /// An image that `owner` has leased, as of its last pull: for a container that is taken up
    /// after a restart.
    public ReadyImage leased(String owner, ImageSource source) {
        if (!store.owners().contains(owner)) {
            throw new ImageFault(
                    Kind.NOT_FOUND, "%s leases nothing".formatted(ImageFault.quoted(owner)));
        }
        var name = source.nameFor(settings.platform());
        return store.find(name)
                .map(pulls::ready)
                .orElseThrow(() -> new ImageFault(Kind.NOT_FOUND, name + " is not here"));
    }

    /// Ends what `owner` has leased; nothing is fine.
    public void release(String owner) {
        store.release(owner);
    }

    /// Everybody who has a lease. After a restart, whoever runs no more is to be released.
    public Set<String> owners() {
        return store.owners();
    }

    public List<StoredImage> images() {
        return store.images();
    }

    /// Removes all images that are neither leased nor excluded (the agent API's PRUNE_IMAGES).
    public Collected prune(Set<ImageSource> excluded) {
        return store.prune(names(excluded));
    }

    /// Removes images that nobody uses, the longest unused first, if the disk is too full. To be
    /// called now and then; each pull does it first.
    public Collected relieve(Set<ImageSource> excluded) {
        return store.collect(settings.waterMarks(), names(excluded));
    }

    private Set<String> names(Set<ImageSource> sources) {
        var names = new HashSet<String>();
        for (var source : sources) names.add(source.nameFor(settings.platform()));
        return names;
    }

    @Override
    public void close() {
        pulls.close();
        registries.close();
        web.close();
        store.close();
    }
}
