package io.meseta.images.store;

import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/// Removes what nobody needs. Names go first, then layers, then blobs: whatever is interrupted
/// leaves layers without a name, which the next round removes.
final class Collector {

    private static final String DOWNLOAD = "download.";
    private static final Duration DOWNLOAD_AGE_MAX = Duration.ofDays(1);

    private final Places places;
    private final Durable durable;
    private final Holds holds;

    Collector(Places places, Durable durable, Holds holds) {
        this.places = places;
        this.durable = durable;
        this.holds = holds;
    }

    /// At the start: removes what was not finished. Downloads of the last day are kept to go on.
    void sweep() {
        var oldest = FileTime.from(Instant.now().minus(DOWNLOAD_AGE_MAX));
        for (var each : Durable.list(places.ingest())) {
            if (!isFreshDownload(each, oldest)) durable.removeTree(each);
        }
    }

    private static boolean isFreshDownload(Path file, FileTime oldest) {
        return file.getFileName().toString().startsWith(DOWNLOAD)
                && lastUsed(file).compareTo(oldest) > 0;
    }

    List<StoredImage> images() {
        return Durable.list(places.images()).stream()
                .flatMap(file -> Records.image(file).stream())
                .toList();
    }

    void touch(String name) {
        var file = places.image(name);
        try {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
        } catch (IOException failed) {
            throw ImageFault.storage("touching " + file, failed);
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException _) {
            // Gone meanwhile: then it is old.
            return FileTime.fromMillis(0);
        }
    }

    Collected prune(Set<String> excluded) {
        var removed =
                holds.whileInUse(inUse -> {
                    int images = 0;
                    for (var image : images()) {
                        if (isKept(image, excluded, inUse)) continue;
                        durable.delete(places.image(image.name()));
                        images++;
                    }
                    return discardOrphans(inUse, images);
                });
        return remove(removed);
    }

    Collected collect(WaterMarks marks, Set<String> excluded, IntSupplier usedPercent) {
        var collected = Collected.NOTHING;
        if (usedPercent.getAsInt() < marks.high()) return collected;
        collected = collected.and(remove(holds.whileInUse(inUse -> discardOrphans(inUse, 0))));
        // Ends: each round removes one of finitely many names, and new ones come by pulls only.
        for (var image : oldestFirst()) {
            if (usedPercent.getAsInt() <= marks.low()) break;
            collected =
                    collected.and(remove(holds.whileInUse(inUse -> drop(image, excluded, inUse))));
        }
        return collected;
    }

    private Discarded drop(StoredImage image, Set<String> excluded, Set<Digest> inUse) {
        if (isKept(image, excluded, inUse)) return new Discarded(List.of(), 0, 0);
        durable.delete(places.image(image.name()));
        return discardOrphans(inUse, 1);
    }

    private List<StoredImage> oldestFirst() {
        return images().stream()
                .sorted(Comparator.comparing(image -> lastUsed(places.image(image.name()))))
                .toList();
    }

    /// An image is in use if its highest layer is: that one is what makes it this image. One
    /// without layers takes no space worth asking for.
    private static boolean isKept(StoredImage image, Set<String> excluded, Set<Digest> inUse) {
        return excluded.contains(image.name())
                || image.layers().isEmpty()
                || inUse.contains(image.layers().getLast());
    }

    /// Taken out of their places, but not removed yet.
    private record Discarded(List<Path> rubbish, int images, long bytes) {}

    private Discarded discardOrphans(Set<Digest> inUse, int images) {
        var named = new HashSet<>(inUse);
        var blobs = new HashSet<Digest>();
        for (var image : images()) {
            named.addAll(image.layers());
            blobs.add(image.manifest());
            blobs.add(image.config());
        }
        var rubbish = new ArrayList<Path>();
        long bytes = 0;
        for (var place : Durable.list(places.layers())) {
            var diffId = Places.digest(place);
            if (named.contains(diffId)) continue;
            bytes += Records.layer(diffId, place).map(StoredLayer::bytes).orElse(0L);
            rubbish.add(durable.discard(place));
        }
        discardBlobs(blobs);
        return new Discarded(rubbish, images, bytes);
    }

    /// Blobs that no image names.
    private void discardBlobs(Set<Digest> named) {
        for (var place : Durable.list(places.blobs())) {
            if (!named.contains(Places.digest(place)) && isOld(place)) durable.delete(place);
        }
    }

    /// Blobs of a pull under way are not named yet.
    private static boolean isOld(Path place) {
        var hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        return lastUsed(place).compareTo(hourAgo) < 0;
    }

    private Collected remove(Discarded discarded) {
        discarded.rubbish().forEach(durable::removeTree);
        return new Collected(discarded.images(), discarded.rubbish().size(), discarded.bytes());
    }
}
