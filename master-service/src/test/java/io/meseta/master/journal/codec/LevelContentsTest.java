package io.meseta.master.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.journal.v1.EntryRow;
import io.meseta.master.journal.v1.SnapshotRow;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every field and every code that can be in a journal belongs to a feature level: nobody adds one
/// without saying to which.
///
/// `src/test/golden/levels/level-N.txt` holds those of a level. A run with
/// `-Dmeseta.golden.write=true` adds what is missing to the newest level of this build, which is
/// right only as long as no build with that level has been released.
final class LevelContentsTest {

    private static final int NEWEST = FeatureLevels.BUILT.newest().number();

    @Test
    void belongsToALevelWhateverItIs() throws IOException {
        var known = known();
        if (Boolean.getBoolean("meseta.golden.write")) {
            var more = new TreeSet<>(present());
            more.removeAll(known);
            more.addAll(lines(file(NEWEST)));
            Files.createDirectories(file(NEWEST).getParent());
            Files.write(file(NEWEST), more);
            known = known();
        }

        assertThat(known)
                .as("docs/guides/feature-levels.md says what to do about a difference")
                .containsExactlyInAnyOrderElementsOf(present());
    }

    private static List<String> known() throws IOException {
        var known = new ArrayList<String>();
        for (int level = 1; level <= NEWEST; level++) known.addAll(lines(file(level)));
        return known;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static Path file(int level) {
        return RepositoryRoot.module().resolve("src/test/golden/levels/level-" + level + ".txt");
    }

    private static List<String> present() {
        var files =
                new TreeSet<FileDescriptor>(
                        (one, other) -> one.getFullName().compareTo(other.getFullName()));
        add(EntryRow.getDescriptor().getFile(), files);
        add(SnapshotRow.getDescriptor().getFile(), files);
        return files.stream().flatMap(LevelContentsTest::contents).sorted().toList();
    }

    private static void add(FileDescriptor file, Set<FileDescriptor> files) {
        if (!files.add(file)) return;
        for (var needed : file.getDependencies()) add(needed, files);
    }

    private static Stream<String> contents(FileDescriptor file) {
        var fields =
                file.getMessageTypes().stream()
                        .flatMap(message -> message.getFields().stream())
                        .map(LevelContentsTest::line);
        var codes =
                Stream.concat(
                                file.getEnumTypes().stream(),
                                file.getMessageTypes().stream()
                                        .flatMap(message -> message.getEnumTypes().stream()))
                        .flatMap(type -> type.getValues().stream())
                        .map(value -> value.getFullName() + " = " + value.getNumber());
        return Stream.concat(fields, codes);
    }

    private static String line(FieldDescriptor field) {
        return "%s = %d".formatted(field.getFullName(), field.getNumber());
    }
}
