package io.meseta.images.store;

import io.meseta.images.layers.Layers;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.manifest.Descriptor;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All images of this machine. Many threads, one process.
///
/// Whatever is asked of a layer happens under a *hold*: [#hold] names the layers that a pull is
/// about to need, [#lease] those of a container. What is held or leased is never collected.
public final class ImageStore implements AutoCloseable {

    private final Places places;
    private final Durable durable;
    private final Holds holds;
    private final Collector collector;
    private final FileChannel lock;

    private ImageStore(Places places, Durable.Steps steps, FileChannel lock) {
        this.places = places;
        this.durable = new Durable(places.ingest(), steps);
        this.holds = new Holds(places, durable);
        this.collector = new Collector(places, durable, holds);
        this.lock = lock;
    }

    /// Opens the store at `root`, makes it if there is none, and sweeps what a crash has left.
    public static ImageStore open(Path root) {
        return open(root, _ -> {});
    }

    static ImageStore open(Path root, Durable.Steps steps) {
        var places = new Places(root.toAbsolutePath().normalize());
        places.make();
        var store = new ImageStore(places, steps, lock(places.lock()));
        store.collector.sweep();
        store.holds.recover();
        return store;
    }

    private static FileChannel lock(Path file) {
        try {
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                // Kept until the channel is closed, by us or by the end of the process.
                if (channel.tryLock() != null) return channel;
            } catch (OverlappingFileLockException _) {
                // Another store of this very process.
            }
            channel.close();
        } catch (IOException failed) {
            throw ImageFault.storage("locking " + file, failed);
        }
        throw new ImageFault(
                Kind.STORAGE, "another process has the image store " + file.getParent());
    }

    /// What `name` means here, as of its last pull.
    public Optional<StoredImage> find(String name) {
        return Records.image(places.image(name))
                .filter(image -> image.name().equals(name))
                .filter(image -> image.layers().stream().allMatch(this::hasLayer))
                .filter(image -> blob(image.config()).isPresent());
    }

    /// All names, in no special order.
    public List<StoredImage> images() {
        return collector.images();
    }

    /// Remembers what a name means; all layers must be here and held.
    public void remember(StoredImage image) {
        for (var layer : image.layers()) layer(layer);
        durable.write(places.image(image.name()), Records.of(image));
    }

    /// A manifest or configuration.
    public Optional<byte[]> blob(Digest digest) {
        return Durable.read(places.blob(digest))
                .filter(bytes -> digest.algorithm().of(bytes).equals(digest));
    }

    /// Keeps a manifest or configuration.
    public void putBlob(Digest digest, byte[] content) {
        if (!digest.algorithm().of(content).equals(digest)) {
            throw new ImageFault(Kind.WRONG_DIGEST, "not the content of " + digest);
        }
        if (blob(digest).isEmpty()) durable.write(places.blob(digest), content);
    }

    /// A download of the layer `diffId`, new or taken up. Only one thread may have a layer's at a
    /// time; one blob may be downloaded for two layers, since configurations may lie.
    public BlobFile download(Descriptor blob, Digest diffId) {
        return BlobFile.open(places.download(blob.digest(), diffId), blob);
    }

    /// A name for a file that is of no use after a restart; whoever asked for it deletes it.
    public Path scratch() {
        return durable.unfinished("scratch");
    }

    public boolean hasLayer(Digest diffId) {
        return Records.layer(diffId, places.layer(diffId)).isPresent();
    }

    /// A layer that is here.
    public StoredLayer layer(Digest diffId) {
        return Records.layer(diffId, places.layer(diffId))
                .orElseThrow(
                        () -> new ImageFault(Kind.NOT_FOUND, "no layer " + diffId + " is here"));
    }

    /// Unpacks a layer and checks its digest; if it is here already, `archive` is not read. Held by
    /// the caller; only one thread may unpack the same layer at a time.
    public StoredLayer unpack(Digest diffId, InputStream archive, UnpackOptions options) {
        if (hasLayer(diffId)) return layer(diffId);
        var unfinished = durable.unfinished("layer");
        try {
            var tree = Files.createDirectories(unfinished.resolve("fs"));
            var unpacked = Layers.unpack(archive, tree, diffId, options);
            durable.write(unfinished.resolve("traits"), Records.of(unpacked));
            LayerSync.sync(tree);
            durable.move(unfinished, places.layer(diffId));
            return layer(diffId);
        } catch (IOException failed) {
            discard(unfinished);
            throw ImageFault.storage("unpacking a layer to " + unfinished, failed);
        } catch (ImageFault failed) {
            discard(unfinished);
            throw failed;
        }
    }

    private void discard(Path unfinished) {
        // Interrupted threads can't use channels; removing goes by other calls.
        durable.removeTree(unfinished);
    }

    /// Keeps `layers` from being collected until it is closed, be they here or not yet.
    public Hold hold(List<Digest> layers) {
        return holds.hold(layers);
    }

    /// Keeps an image's layers for `owner`, over restarts of this process, until [#release]. A
    /// second lease of an owner adds to its first. Also counts as a use of the image.
    public void lease(String owner, StoredImage image) {
        holds.lease(owner, image.layers());
        for (var layer : image.layers()) layer(layer);
        collector.touch(image.name());
    }

    /// Ends what `owner` has leased; nothing is fine.
    public void release(String owner) {
        holds.release(owner);
    }

    /// Everybody who has a lease. After a restart, whoever is not known any more is to be released.
    public Set<String> owners() {
        return holds.owners();
    }

    /// Removes all images but those in `excluded` and those in use, and all layers that then belong
    /// to none.
    public Collected prune(Set<String> excluded) {
        return collector.prune(excluded);
    }

    /// Removes images that nobody uses, the longest unused first, while the file system is fuller
    /// than it should be.
    public Collected collect(WaterMarks marks, Set<String> excluded) {
        return collector.collect(marks, excluded, this::usedPercent);
    }

    /// How full the store's file system is.
    public int usedPercent() {
        try {
            var disk = Files.getFileStore(places.root());
            long total = Math.max(1, disk.getTotalSpace());
            return (int) (100 - 100 * disk.getUsableSpace() / total);
        } catch (IOException failed) {
            throw ImageFault.storage("looking at the disk", failed);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failed) {
            throw ImageFault.storage("unlocking the image store", failed);
        }
    }
}
