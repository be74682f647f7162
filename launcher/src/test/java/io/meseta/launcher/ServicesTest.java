package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.launcher.Services.Mode;
import io.meseta.launcher.secrets.SecretFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServicesTest {

    @TempDir private Path directory;

    @Test
    void waitForTheAuthServiceUnlessAllKnowCallersFromTheLastRun() throws IOException {
        var layout = new Layout(directory);
        var services = services(new Mode.Secure(3, layout, new SecretFiles(layout.secrets())));
        assertThat(services.haveBundles(2)).isFalse();

        for (var state :
                List.of(
                        layout.authState("master-1"),
                        layout.authState("master-2"),
                        layout.authState("gateway"),
                        layout.agent(1).resolve("auth"))) {
            Files.createFile(Files.createDirectories(state).resolve("bundle"));
        }

        assertThat(services.haveBundles(1)).isTrue();
        assertThat(services.haveBundles(2)).isFalse();
        Files.setLastModifiedTime(
                layout.authState("gateway").resolve("bundle"), FileTime.fromMillis(0));
        assertThat(services.haveBundles(1)).isFalse();
        assertThat(services(new Mode.Open()).haveBundles(2)).isTrue();
    }

    private Services services(Mode mode) {
        return new Services(directory, InetAddress.getLoopbackAddress(), 1, 2, 4, mode);
    }
}
