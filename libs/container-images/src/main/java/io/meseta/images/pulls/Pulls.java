package io.meseta.images.pulls;

import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.pulls.PullProgress.Listener;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import io.meseta.images.store.ImageStore;
import io.meseta.images.store.StoredImage;
import io.meseta.images.store.StoredLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// All pulls of this machine. Safe for threads; closing it stops what runs.
public final class Pulls implements AutoCloseable {

    /// How often a layer is tried after somebody else's attempt at it has failed: it may have
    /// failed for reasons of theirs, such as their credentials.
    private static final int OTHERS_FAILURES_MAX = 3;

    private final ImageStore store;
    private final UnpackOptions options;
    private final ExecutorService layerThreads;
    private final ExecutorService pullThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final SharedWork<Object, Progress, StoredImage> images;
    private final SharedWork<Digest, Moved, StoredLayer> layers;

    /// @param layersMax how many layers are fetched and unpacked at a time, over all pulls
    /// @param longest how long a pull may take
    public Pulls(ImageStore store, UnpackOptions options, int layersMax, Duration longest) {
        this.store = store;
        this.options = options;
        this.layerThreads =
                Executors.newFixedThreadPool(
                        layersMax, Thread.ofPlatform().name("image-layer-", 0).daemon().factory());
        this.images = new SharedWork<>(pullThreads, longest, () -> new Progress(System::nanoTime));
        this.layers = new SharedWork<>(layerThreads, longest, Moved::new);
    }

    /// What is pulled.
    ///
    /// @param name in the store
    /// @param key equal for requests that may share one pull: the name, and all that decides what
    ///   may be seen, such as credentials
    /// @param platform that the image must run on
    public record Wish(String name, Object key, Platform platform) {}

    /// Makes the image ready and leases it to `owner`. `current` tells what the name means now at
    /// its source, if that can be told without fetching; `source` finds the image there.
    public ReadyImage pull(
            String owner,
            Wish wish,
            PullPolicy policy,
            Supplier<Optional<Digest>> current,
            Supplier<FetchableImage> source,
            Listener listener) {
        // Twice: between an image's pull and its lease a collection may take it.
        for (int attempt = 0; ; attempt++) {
            var cached = store.find(wish.name()).filter(image -> isGood(image, policy, current));
            var image =
                    cached.isPresent()
                            ? cached.get()
                            : images.run(
                                            wish.key(),
                                            new Listening(listener),
                                            progress -> find(wish, source, progress))
                                    .orThrow();
            try {
                return lease(owner, image);
            } catch (ImageFault gone) {
                if (gone.kind() != Kind.NOT_FOUND || attempt > 0) throw gone;
            }
        }
    }

    private static boolean isGood(
            StoredImage image, PullPolicy policy, Supplier<Optional<Digest>> current) {
        return switch (policy) {
            case CACHED -> true;
            case ALWAYS -> current.get().equals(Optional.of(image.manifest()));
        };
    }

    /// Leases first and looks then: what is leased does not go away any more.
    private ReadyImage lease(String owner, StoredImage image) {
        store.lease(owner, image);
        return ready(image);
    }

    /// An image of the store as it is to be run. Its layers must be leased.
    public ReadyImage ready(StoredImage image) {
        var config =
                store.blob(image.config())
                        .orElseThrow(() ->
                                new ImageFault(
                                        Kind.NOT_FOUND,
                                        "the configuration of %s is not here"
                                                .formatted(image.name())));
        var ready = new ArrayList<StoredLayer>();
        for (var layer : image.layers()) ready.add(store.layer(layer));
        return new ReadyImage(image.name(), image.manifest(), ImageConfig.parse(config), ready);
    }

    private StoredImage find(Wish wish, Supplier<FetchableImage> source, Progress progress) {
        try (var found = source.get()) {
            return fetch(wish, found, progress);
        }
    }

    private StoredImage fetch(Wish wish, FetchableImage source, Progress progress) {
        var config = source.config();
        if (wish.platform().distanceTo(config.platform()).isEmpty()) {
            throw new ImageFault(
                    Kind.UNSUPPORTED,
                    "the image is for %s, this agent is %s"
                            .formatted(config.platform(), wish.platform()));
        }
        try (var _ = store.hold(config.diffIds())) {
            store.putBlob(source.configDigest(), source.configText());
            fetchLayers(source, progress);
            var image =
                    new StoredImage(
                            wish.name(),
                            source.manifest(),
                            source.configDigest(),
                            config.diffIds());
            store.remember(image);
            progress.ready();
            return image;
        }
    }

    private void fetchLayers(FetchableImage source, Progress progress) {
        var missing = missing(source);
        var sizes = source.layerSizes();
        progress.begin(
                missing.values().stream().mapToLong(sizes::get).sum(),
                source.config().diffIds().size() - missing.size(),
                source.config().diffIds().size());
        var tasks = new ArrayList<Task>();
        try {
            missing.forEach(
                    (diffId, index) -> tasks.add(new Task(source, diffId, index, progress)));
            for (var task : tasks) task.await();
        } finally {
            // When one fails or we are stopped, the others are of no use; a task that is done is
            // not changed by this.
            for (var task : tasks) task.stop();
        }
    }

    /// By diff id, so that a layer which an image has twice is fetched once.
    private Map<Digest, Integer> missing(FetchableImage source) {
        var missing = new LinkedHashMap<Digest, Integer>();
        var diffIds = source.config().diffIds();
        for (int i = 0; i < diffIds.size(); i++) {
            if (!store.hasLayer(diffIds.get(i))) missing.putIfAbsent(diffIds.get(i), i);
        }
        return missing;
    }

    /// One layer of one pull: a virtual thread that waits for the layer's shared work.
    private final class Task {

        private final FutureTask<StoredLayer> future;
        private final Thread thread;

        Task(FetchableImage source, Digest diffId, int index, Progress progress) {
            this.future = new FutureTask<>(() -> layer(source, diffId, index, progress));
            this.thread = Thread.ofVirtual().name("image-layer-wait").start(future);
        }

        void await() {
            try {
                future.get();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new ImageFault(Kind.CANCELLED, "the pull was stopped", stopped);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof ImageFault fault) throw fault;
                throw new AssertionError("a layer failed in an unknown way", failed.getCause());
            }
        }

        void stop() {
            if (!future.isDone()) thread.interrupt();
        }
    }

    private StoredLayer layer(FetchableImage source, Digest diffId, int index, Progress progress) {
        for (int others = 0; ; others++) {
            var part = new Moving(progress::move);
            var outcome =
                    layers.run(
                            diffId,
                            part,
                            moved ->
                                    source.layer(
                                            index,
                                            moved::add,
                                            archive -> store.unpack(diffId, archive, options)));
            var failed = outcome.failed();
            if (failed == null) {
                progress.layerDone();
                return outcome.orThrow();
            }
            if (outcome.isOwn() || others >= OTHERS_FAILURES_MAX) throw failed;
            part.takeBack();
        }
    }

    /// A listener's part in a pull.
    private record Listening(Listener listener) implements SharedWork.Part<Progress> {
        @Override
        public void join(Progress shared) {
            shared.join(listener);
        }

        @Override
        public void leave(Progress shared) {
            shared.leave(listener);
        }
    }

    /// A pull's part in the fetching of a layer.
    private static final class Moving implements SharedWork.Part<Moved> {
        private final LongConsumer bytes;
        private long counted;

        Moving(LongConsumer bytes) {
            this.bytes = bytes;
        }

        private synchronized void count(long moved) {
            counted += moved;
            bytes.accept(moved);
        }

        synchronized void takeBack() {
            count(-counted);
        }

        @Override
        public void join(Moved shared) {
            shared.join(this);
        }

        @Override
        public void leave(Moved shared) {
            shared.leave(this);
        }
    }

    /// Bytes moved for one layer, told to all pulls that wait for it.
    private static final class Moved {
        private final List<Moving> parts = new ArrayList<>();
        private long sum;

        synchronized void join(Moving part) {
            parts.add(part);
            part.count(sum);
        }

        synchronized void leave(Moving part) {
            parts.remove(part);
        }

        synchronized void add(long bytes) {
            sum += bytes;
            for (var part : parts) part.count(bytes);
        }
    }

    @Override
    public void close() {
        pullThreads.shutdownNow();
        layerThreads.shutdownNow();
    }
}
