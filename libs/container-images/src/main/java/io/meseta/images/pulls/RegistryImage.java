package io.meseta.images.pulls;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.manifest.Manifest;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.FetchedManifest;
import io.meseta.images.registry.Repository;
import io.meseta.images.store.ImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// An image in a registry. Its layers are downloaded to the store, where an interrupted download
/// goes on at the next attempt, and read from there.
public final class RegistryImage implements FetchableImage {

    private static final int NESTED_LISTS_MAX = 2;

    private final Repository repository;
    private final ImageStore store;
    private final Digest top;
    private final Manifest.Single manifest;
    private final byte[] configText;
    private final ImageConfig config;

    private RegistryImage(
            Repository repository,
            ImageStore store,
            Digest top,
            Manifest.Single manifest,
            byte[] configText) {
        this.repository = repository;
        this.store = store;
        this.top = top;
        this.manifest = manifest;
        this.configText = configText;
        this.config = manifest.check(ImageConfig.parse(configText));
    }

    /// Finds the image for `platform` and fetches its manifest and configuration.
    public static RegistryImage find(Repository repository, Platform platform, ImageStore store) {
        var fetched = repository.manifest();
        var manifest = single(repository, fetched, platform);
        var config = manifest.config();
        if (config.size() > ImageConfig.BYTES_MAX) {
            throw ImageFault.tooLarge("a configuration above 8 MiB");
        }
        var sink = new MemoryBlob(config);
        repository.download(config, sink, _ -> {});
        return new RegistryImage(repository, store, fetched.digest(), manifest, sink.bytes());
    }

    private static Manifest.Single single(
            Repository repository, FetchedManifest fetched, Platform platform) {
        var current = fetched;
        var announced = fetched.mediaType();
        for (int depth = 0; depth <= NESTED_LISTS_MAX; depth++) {
            switch (Manifest.parse(current.text().bytes(), announced)) {
                case Manifest.Single single -> {
                    return single;
                }
                case Manifest.Listed listed -> {
                    var chosen = listed.choose(platform);
                    current = repository.manifest(chosen);
                    announced = current.mediaType();
                }
            }
        }
        throw ImageFault.malformed("lists of lists of lists of images");
    }

    @Override
    public Digest manifest() {
        return top;
    }

    @Override
    public Digest configDigest() {
        return manifest.config().digest();
    }

    @Override
    public byte[] configText() {
        return configText.clone();
    }

    @Override
    public ImageConfig config() {
        return config;
    }

    @Override
    public List<Long> layerSizes() {
        return manifest.layers().stream().map(Descriptor::size).toList();
    }

    @Override
    public <T> T layer(int index, LongConsumer progress, Function<InputStream, T> reading) {
        var blob = manifest.layers().get(index);
        try (var file = store.download(blob, config.diffIds().get(index))) {
            progress.accept(file.length());
            repository.download(blob, file, progress);
            var result = read(file.content(), reading);
            file.delete();
            return result;
        } catch (ImageFault failed) {
            var goesOn = failed.kind() == Kind.UNREACHABLE || failed.kind() == Kind.CANCELLED;
            if (!goesOn) discard(index);
            throw failed;
        }
    }

    /// A download that can't be unpacked would be taken up for ever.
    private void discard(int index) {
        try (var file = store.download(manifest.layers().get(index), config.diffIds().get(index))) {
            file.delete();
        }
    }

    static <T> T read(InputStream content, Function<InputStream, T> reading) {
        try (content) {
            return reading.apply(content);
        } catch (IOException failed) {
            throw new ImageFault(Kind.STORAGE, "closing a layer", new UncheckedIOException(failed));
        }
    }
}
