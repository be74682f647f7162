package io.meseta.runtime.cgroup;

import static io.meseta.runtime.state.Usage.UNKNOWN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Small files of the kernel. One that is missing, or goes while it is read, is empty.
final class CgroupFiles {

    private CgroupFiles() {}

    static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static List<String> lines(Path file) {
        return text(file).filter(text -> !text.isEmpty()).stream().flatMap(String::lines).toList();
    }

    static long number(Path file) {
        return text(file).map(CgroupFiles::parsed).orElse(UNKNOWN);
    }

    /// Lines of a name and a number.
    static Map<String, Long> table(Path file) {
        var table = new HashMap<String, Long>();
        for (var line : lines(file)) {
            int space = line.indexOf(' ');
            if (space > 0) table.put(line.substring(0, space), parsed(line.substring(space + 1)));
        }
        return table;
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    static long parsed(String number) {
        try {
            return Long.parseLong(number.strip());
        } catch (NumberFormatException _) {
            return UNKNOWN; // "max"
        }
    }
}
