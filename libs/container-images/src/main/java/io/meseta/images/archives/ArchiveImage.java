package io.meseta.images.archives;

import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.pulls.FetchableImage;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.Platform;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// An image in a directory or an archive.
public final class ArchiveImage implements FetchableImage {

    private final ImageFiles files;
    private final Digest manifest;
    private final Digest configDigest;
    private final byte[] configText;
    private final ImageConfig config;
    private final List<String> layers;

    private @Nullable Path scratch;

    /// @param layers the files of the layers, the lowest first
    ArchiveImage(ImageFiles files, Digest manifest, byte[] configText, List<String> layers) {
        this.files = files;
        this.manifest = manifest;
        this.configText = configText;
        this.configDigest = Digest.Algorithm.SHA256.of(configText);
        this.config = ImageConfig.parse(configText);
        this.layers = List.copyOf(layers);
        if (config.diffIds().size() != layers.size()) {
            throw ImageFault.malformed(
                    "%d layers, but %d in the configuration"
                            .formatted(layers.size(), config.diffIds().size()));
        }
    }

    /// Finds an image at `path`: a directory with an OCI layout, or an archive of one or by `docker
    /// save`, compressed or not.
    ///
    /// @param name which one, where there are several: a tag (`app:1`) or an annotation's text;
    ///   empty for the only one
    /// @param scratch a file that may be written; closing the image deletes it
    public static ArchiveImage find(Path path, String name, Platform platform, Path scratch) {
        var files = ImageFiles.at(path, scratch);
        var image = find(files, path, name, platform);
        image.scratch = scratch;
        return image;
    }

    private static ArchiveImage find(ImageFiles files, Path path, String name, Platform platform) {
        if (files.has("manifest.json")) return DockerArchive.find(files, name, platform);
        if (files.has("index.json")) return OciLayout.find(files, name, platform);
        throw ImageFault.malformed(
                path + " is no image: it has neither manifest.json nor index.json");
    }

    @Override
    public Digest manifest() {
        return manifest;
    }

    @Override
    public Digest configDigest() {
        return configDigest;
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
        return layers.stream().map(files::length).toList();
    }

    @Override
    public <T> T layer(int index, LongConsumer progress, Function<InputStream, T> reading) {
        var name = layers.get(index);
        var content =
                files.open(name)
                        .orElseThrow(() ->
                                ImageFault.malformed(
                                        "the image lacks its layer " + ImageFault.quoted(name)));
        try (var told = new Told(content, progress)) {
            return reading.apply(told);
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + ImageFault.quoted(name), failed);
        }
    }

    @Override
    public void close() {
        try {
            if (scratch != null) Files.deleteIfExists(scratch);
        } catch (IOException failed) {
            throw ImageFault.storage("deleting " + scratch, failed);
        }
    }

    /// Tells of what is read through it.
    private static final class Told extends FilterInputStream {

        private final LongConsumer progress;

        Told(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) progress.accept(1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read > 0) progress.accept(read);
            return read;
        }
    }
}
