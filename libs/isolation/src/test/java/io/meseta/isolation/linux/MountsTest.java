package io.meseta.isolation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MountsTest {

    @TempDir private Path directory;
    private Path place;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "SKIPPED: only root can mount anything");
        place = Files.createDirectory(directory.resolve("place"));
    }

    @AfterEach
    void takeAway() {
        try {
            if (place != null) Mounts.unmount(place);
        } catch (Errno _) {
            // It was taken away.
        }
    }

    private Path names(int layers) throws IOException {
        var names = Files.createDirectory(directory.resolve("names"));
        for (var own : new String[] {"upper", "work"}) Files.createDirectory(names.resolve(own));
        for (int i = 0; i < layers; i++) {
            // Both would part the options if the kernel read them.
            var layer = Files.createDirectory(directory.resolve("layer:%d,a".formatted(i)));
            Files.writeString(layer.resolve("whose"), Integer.toString(i));
            Files.createFile(layer.resolve("only-" + i));
            Files.createSymbolicLink(names.resolve(Integer.toString(i)), layer);
        }
        return names;
    }

    @Test
    void showLayersTheTopmostFirstAndKeepWhatIsWrittenApart() throws Exception {
        Mounts.overlay(names(3), 3, place);

        assertThat(place.resolve("whose")).hasContent("0");
        assertThat(place.resolve("only-2")).exists();
        Files.writeString(place.resolve("whose"), "mine");
        assertThat(directory.resolve("layer:0,a/whose")).hasContent("0");
        assertThat(directory.resolve("names/upper/whose")).hasContent("mine");
        Mounts.unmount(place);
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void takeAsManyLayersAsImagesMayHave() throws Exception {
        Mounts.overlay(names(127), 127, place);

        assertThat(place.resolve("only-126")).exists();
    }

    @Test
    void refuseMoreLayersThanThereIsRoomFor() throws Exception {
        assertThatThrownBy(() -> Mounts.overlay(names(300), 300, place))
                .isInstanceOfSatisfying(
                        Errno.class, failed -> assertThat(failed.number()).isEqualTo(Errno.E2BIG));
    }

    @Test
    void giveMemoryThatHoldsSoMuch() throws Exception {
        Mounts.memory(place, 64);

        Files.write(place.resolve("data"), new byte[60 << 10]);
        assertThatThrownBy(() -> Files.write(place.resolve("more"), new byte[8 << 10]))
                .hasMessageContaining("No space left");
    }

    @Test
    void keepToThemselvesWhatIsMountedBelowASlave() throws Exception {
        var source = directory.resolve("source");
        Files.createDirectories(source.resolve("below"));
        Mounts.bindAsSlave(source, place);

        Mounts.memory(place.resolve("below"), 4);
        Files.createFile(place.resolve("below/file"));
        assertThat(source.resolve("below")).isEmptyDirectory();
    }
}
