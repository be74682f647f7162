package io.meseta.images.appc;

import io.meseta.images.layers.Subtree;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.pulls.FetchableImage;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// An AppC image with its dependencies, as layers: those of the first dependency lowest, its own
/// files highest. The archives are fetched and rewritten before the first layer is asked for.
public final class AppcImage implements FetchableImage {

    private static final int ARCHIVES_MAX = 200;
    private static final String MANIFEST = "manifest";
    private static final String ROOT = "rootfs";

    private final Digest id;
    private final byte[] configText;
    private final List<Path> layers;

    private AppcImage(Digest id, byte[] configText, List<Path> layers) {
        this.id = id;
        this.configText = configText;
        this.layers = List.copyOf(layers);
    }

    /// Fetches an image and what it depends on.
    ///
    /// @param scratch gives files that may be written; closing the image deletes them
    public static AppcImage find(
            AppcName name, AppcSource source, Platform platform, Supplier<Path> scratch) {
        var finding = new Finding(source, platform, scratch);
        try {
            return finding.image(name.on(platform));
        } catch (ImageFault failed) {
            finding.deleteAll();
            throw failed;
        } finally {
            finding.deleteArchives();
        }
    }

    /// One fetched archive, believed as far as its digest goes.
    private record Archive(Path file, AppcManifest manifest, Digest id) {}

    private static final class Finding {

        private final AppcSource source;
        private final Platform platform;
        private final Supplier<Path> scratch;
        private final List<Path> files = new ArrayList<>();
        private final List<Path> layers = new ArrayList<>();
        private final List<Archive> archives = new ArrayList<>();

        Finding(AppcSource source, Platform platform, Supplier<Path> scratch) {
            this.source = source;
            this.platform = platform;
            this.scratch = scratch;
        }

        AppcImage image(AppcName name) {
            var top = add(name, new HashSet<>());
            var diffIds = new ArrayList<Digest>();
            for (var archive : archives) {
                var layer = scratch.get();
                layers.add(layer);
                try (var in = open(archive.file())) {
                    // The image's own whitelist holds for all: dependencies only add files to it.
                    diffIds.add(Subtree.write(in, ROOT, top.manifest().whitelist(), layer));
                } catch (IOException failed) {
                    throw ImageFault.storage("reading an AppC image", failed);
                }
            }
            var config = top.manifest().asConfig(diffIds, platform);
            return new AppcImage(top.id(), config, layers);
        }

        /// Dependencies first. `above` are those that this one is a dependency of.
        private Archive add(AppcName name, Set<String> above) {
            if (!above.add(name.toString())) {
                throw ImageFault.malformed("%s depends on itself".formatted(name));
            }
            // Counted by fetches: a diamond of diamonds has few archives and many ways to them.
            if (files.size() >= ARCHIVES_MAX) {
                throw ImageFault.tooLarge("an image of more than 200 dependencies");
            }
            var archive = fetch(name);
            for (var dependency : archive.manifest().dependencies()) {
                add(dependency.on(platform), above);
            }
            above.remove(name.toString());
            // What two depend on lies below the first of them, and so below both.
            if (archives.stream().noneMatch(other -> other.id().equals(archive.id()))) {
                archives.add(archive);
            }
            return archive;
        }

        private Archive fetch(AppcName name) {
            var file = scratch.get();
            files.add(file);
            var found =
                    source.fetch(name, file)
                            .orElseThrow(
                                    () -> new ImageFault(Kind.NOT_FOUND, "nobody has " + name));
            try (var in = open(found)) {
                var inside = Subtree.find(in, MANIFEST);
                var wanted = name.id();
                if (wanted != null && !wanted.equals(inside.digest())) {
                    throw new ImageFault(
                            Kind.WRONG_DIGEST, "%s is %s".formatted(name, inside.digest()));
                }
                var manifest = AppcManifest.parse(inside.content());
                if (!manifest.is(name)) {
                    throw ImageFault.malformed("%s is %s".formatted(name, manifest.name()));
                }
                return new Archive(found, manifest, inside.digest());
            } catch (IOException failed) {
                throw ImageFault.storage("reading an AppC image", failed);
            }
        }

        private static InputStream open(Path file) throws IOException {
            return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        }

        void deleteArchives() {
            delete(files);
        }

        void deleteAll() {
            delete(layers);
        }
    }

    private static void delete(List<Path> files) {
        for (var file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failed) {
                throw ImageFault.storage("deleting " + file, failed);
            }
        }
    }

    @Override
    public Digest manifest() {
        return id;
    }

    @Override
    public Digest configDigest() {
        return Digest.Algorithm.SHA256.of(configText);
    }

    @Override
    public byte[] configText() {
        return configText.clone();
    }

    @Override
    public ImageConfig config() {
        return ImageConfig.parse(configText);
    }

    @Override
    public List<Long> layerSizes() {
        return layers.stream().map(AppcImage::size).toList();
    }

    private static long size(Path layer) {
        try {
            return Files.size(layer);
        } catch (IOException failed) {
            throw ImageFault.storage("looking at " + layer, failed);
        }
    }

    @Override
    public <T> T layer(int index, LongConsumer progress, Function<InputStream, T> reading) {
        var layer = layers.get(index);
        try (var in = new BufferedInputStream(Files.newInputStream(layer), 1 << 16)) {
            var result = reading.apply(in);
            progress.accept(size(layer));
            return result;
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + layer, failed);
        }
    }

    @Override
    public void close() {
        delete(layers);
    }
}
