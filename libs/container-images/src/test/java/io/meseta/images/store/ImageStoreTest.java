package io.meseta.images.store;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.images.TarMaker;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.manifest.Descriptor;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageStoreTest {

    private static final UnpackOptions OPTIONS =
            System.getProperty("user.name").equals("root")
                    ? UnpackOptions.forRoot()
                    : UnpackOptions.forOthers();

    @TempDir Path temporary;

    @Test
    void remembersOverRestarts() {
        var image = image("a", 1, 2);
        try (var store = open()) {
            add(store, image);
            store.lease("container", image);
        }

        try (var store = open()) {
            assertThat(store.find("a")).contains(image);
            assertThat(store.find("b")).isEmpty();
            assertThat(store.owners()).containsExactly("container");
            assertThat(store.layer(image.layers().getFirst()).tree().resolve("file"))
                    .hasContent("layer 1");
            assertThat(store.blob(image.config())).hasValue(config("a"));
        }
    }

    @Test
    void belongsToOneAtATime() {
        try (var _ = open()) {
            refuses(Kind.STORAGE, "another process", this::open);
        }
        try (var store = open()) {
            assertThat(store.images()).isEmpty();
        }
    }

    @Test
    void isClosedToOthers() throws IOException {
        try (var _ = open()) {
            assertThat(Files.getPosixFilePermissions(root())).hasSize(3);
        }
    }

    @Test
    void refusesALayerThatIsNotWhatItSays() {
        try (var store = open()) {
            refuses(Kind.WRONG_DIGEST, "unpacks to", () -> unpack(store, layer(1), 2));
            assertThat(store.hasLayer(layer(1))).isFalse();
            assertThat(root().resolve("ingest")).isEmptyDirectory();
        }
    }

    @Test
    void keepsOnlyBlobsThatAreWhatTheySay() throws IOException {
        try (var store = open()) {
            var digest = Digest.Algorithm.SHA512.of(config("x"));
            refuses(Kind.WRONG_DIGEST, "not the", () -> store.putBlob(digest, config("y")));
            store.putBlob(digest, config("x"));
            Files.write(root().resolve("blobs/sha512-" + digest.hex()), config("bad disk"));

            assertThat(store.blob(digest)).isEmpty();
            store.putBlob(digest, config("x"));
            assertThat(store.blob(digest)).hasValue(config("x"));
        }
    }

    @Test
    void prunesWhatIsNeitherUsedNorExcluded() {
        try (var store = open()) {
            var used = image("used", 1, 2);
            var excluded = image("excluded", 1, 3);
            var unused = image("unused", 1, 4);
            for (var each : List.of(used, excluded, unused)) add(store, each);
            store.lease("container", used);

            var collected = store.prune(Set.of("excluded"));

            assertThat(collected).isEqualTo(new Collected(1, 1, "layer 4".length()));
            assertThat(store.find("unused")).isEmpty();
            assertThat(store.hasLayer(layer(4))).isFalse();
            assertThat(store.find("used")).contains(used);
            assertThat(store.find("excluded")).contains(excluded);

            store.release("container");
            assertThat(store.prune(Set.of())).isEqualTo(new Collected(2, 3, 21));
            assertThat(root().resolve("layers")).isEmptyDirectory();
            assertThat(root().resolve("ingest")).isEmptyDirectory();
        }
    }

    @Test
    void keepsWhatIsHeldByAPull() {
        try (var store = open()) {
            try (var _ = store.hold(List.of(layer(1)))) {
                unpack(store, layer(1), 1);
                assertThat(store.prune(Set.of()).layers()).isZero();
            }
            assertThat(store.prune(Set.of()).layers()).isEqualTo(1);
        }
    }

    @Test
    void removesTheLongestUnusedUntilThereIsRoom() throws IOException {
        try (var store = open()) {
            for (int i = 1; i <= 3; i++) {
                add(store, image("image" + i, i));
                Files.setLastModifiedTime(
                        new Places(root()).image("image" + i), FileTime.fromMillis(i == 1 ? 9 : i));
            }
            var collector = collector();

            assertThat(collector.collect(new WaterMarks(90, 80), Set.of(), () -> 89))
                    .isEqualTo(Collected.NOTHING);
            Iterator<Integer> used = List.of(95, 95, 85, 80).iterator();
            var collected = collector.collect(new WaterMarks(90, 80), Set.of(), used::next);

            assertThat(collected.images()).isEqualTo(2);
            assertThat(store.find("image1")).isPresent();
        }
    }

    private Collector collector() {
        var places = new Places(root());
        var durable = new Durable(places.ingest(), _ -> {});
        return new Collector(places, durable, new Holds(places, durable));
    }

    @Test
    void takesUpADownloadOfAnEarlierProcess() {
        var content = "0123456789".getBytes(UTF_8);
        var blob = new Descriptor("", Digest.Algorithm.SHA256.of(content), 10);
        try (var store = open();
                var file = store.download(blob, layer(1))) {
            file.append(content, 0, 4);
        }

        try (var store = open();
                var file = store.download(blob, layer(1))) {
            assertThat(file.length()).isEqualTo(4);
            file.append(content, 4, 6);
            assertThat(file.isWhatWasWanted()).isTrue();
            file.restart();
            assertThat(file.isWhatWasWanted()).isFalse();
            file.append(content, 0, 10);
            assertThat(file.isWhatWasWanted()).isTrue();
            file.delete();
        }
    }

    @Test
    void isWholeAfterACrashAtAnyStep() {
        int crashes = 0;
        for (int step = 0; ; step++) {
            var root = temporary.resolve("store" + step);
            var hasCrashed = live(root, step);
            assertWhole(root);
            if (!hasCrashed) break;
            crashes++;
        }
        assertThat(crashes).isGreaterThan(25);
    }

    /// A store's life, which ends at the given step.
    private boolean live(Path root, int step) {
        var left = new ArrayList<Integer>(List.of(step));
        try (var store = ImageStore.open(root, name -> countDown(left, name))) {
            var first = image("first", 1, 2);
            add(store, first);
            store.lease("container", first);
            var second = image("second", 1, 3);
            add(store, second);
            add(
                    store,
                    new StoredImage("second", second.manifest(), second.config(), first.layers()));
            store.prune(Set.of());
            store.release("container");
            store.prune(Set.of("second"));
            store.prune(Set.of());
            return false;
        } catch (Crash _) {
            return true;
        }
    }

    private static void countDown(List<Integer> left, String name) {
        if (left.getFirst() == 0) throw new Crash(name);
        left.set(0, left.getFirst() - 1);
    }

    private void assertWhole(Path root) {
        try (var store = ImageStore.open(root)) {
            assertThat(root.resolve("ingest")).isEmptyDirectory();
            for (var image : store.images()) {
                assertThat(store.find(image.name())).contains(image);
                assertThat(store.blob(image.config())).isPresent();
                for (int i = 0; i < image.layers().size(); i++) {
                    var tree = store.layer(image.layers().get(i)).tree();
                    assertThat(tree.resolve("file")).exists();
                }
            }
            // A lease was made on layers that were there, and nothing has taken them since.
            if (store.owners().contains("container")) {
                assertThat(store.hasLayer(layer(1)) && store.hasLayer(layer(2))).isTrue();
            }
            store.owners().forEach(store::release);
            store.prune(Set.of());
            assertThat(root.resolve("layers")).isEmptyDirectory();
        }
    }

    /// The process is gone: nothing after this runs, which an error that nobody catches shows best.
    private static final class Crash extends Error {
        Crash(String step) {
            super(step);
        }
    }

    @Test
    void refusesNamesThatWouldBreakItsRecords() {
        assertThatThrownBy(() -> image("a\nlayer sha256:0", 1)).hasMessageContaining("no name");
    }

    private Path root() {
        return temporary.resolve("store");
    }

    private ImageStore open() {
        return ImageStore.open(root());
    }

    private static StoredImage image(String name, int... layers) {
        var digests = new ArrayList<Digest>();
        for (int layer : layers) digests.add(layer(layer));
        var config = Digest.Algorithm.SHA256.of(config(name));
        return new StoredImage(name, config, config, digests);
    }

    private static byte[] config(String name) {
        return ("config of " + name).getBytes(UTF_8);
    }

    private static byte[] archive(int layer) {
        return new TarMaker().directory("d/").file("file", "layer " + layer).done();
    }

    private static Digest layer(int layer) {
        return Digest.Algorithm.SHA256.of(archive(layer));
    }

    private static void add(ImageStore store, StoredImage image) {
        try (var _ = store.hold(image.layers())) {
            store.putBlob(image.config(), config(image.name()));
            for (int i = 1; i <= 4; i++) {
                if (image.layers().contains(layer(i))) unpack(store, layer(i), i);
            }
            store.remember(image);
        }
    }

    private static void unpack(ImageStore store, Digest diffId, int content) {
        store.unpack(diffId, new ByteArrayInputStream(TarMaker.gzip(archive(content))), OPTIONS);
    }
}
