package io.meseta.images.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.ImageFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeAttributesTest {

    @TempDir private Path directory;

    @Test
    void areNoFullDisk() throws IOException {
        var type = Files.getFileStore(directory).type();
        assumeTrue(type.equals("ext4"), "SKIPPED: " + type + " takes larger ones than ext4");
        var archive = new TarMaker().pax("SCHILY.xattr.user.large", new byte[30_000]).file("f", "");

        var fault =
                catchThrowableOfType(
                        ImageFault.class,
                        () ->
                                Layers.unpack(
                                        new ByteArrayInputStream(archive.done()),
                                        directory,
                                        null,
                                        UnpackOptions.forOthers()));

        assertThat(fault.kind()).isEqualTo(ImageFault.Kind.TOO_LARGE);
        assertThat(fault).hasMessageContaining("larger than the file system takes");
    }
}
