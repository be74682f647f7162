package io.meseta.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SandboxFilesTest {

    /// Takes each path for one on this machine.
    private record Believing() implements SandboxFiles.Roots {

        @Override
        public Optional<SandboxFiles.Root> find(String path) {
            return Optional.of(new SandboxFiles.Root(path, Path.of(path)));
        }

        @Override
        public SortedMap<String, Path> all() {
            return new TreeMap<>();
        }
    }

    @Test
    void findNothingWhereATextIsNoPath() {
        var files = new SandboxFiles(new Believing());

        assertThat(files.open("/half/a/pair/\ud800")).isEqualTo(new FileAnswer.NotFound());
        assertThat(files.list("/half/a/pair/\ud800")).isEmpty();
        assertThat(files.list("/no\0path")).isEmpty();
    }
}
