package io.meseta.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A Dockerfile as its instructions, continued lines joined and comments left out.
record Dockerfile(List<Instruction> instructions) {

    /// One instruction, its word in capitals.
    record Instruction(String word, String arguments) {

        /// Whether it is run as it stands, without a shell that swallows signals.
        boolean isExecForm() {
            return arguments.startsWith("[\"") && arguments.endsWith("\"]");
        }

        boolean isWord(String other) {
            return word.equals(other);
        }
    }

    Dockerfile {
        instructions = List.copyOf(instructions);
    }

    static Dockerfile read(Path path) throws IOException {
        return parse(Files.readString(path));
    }

    static Dockerfile parse(String text) {
        var instructions = new ArrayList<Instruction>();
        var line = new StringBuilder();
        for (var part : text.lines().toList()) {
            if (part.isBlank() || part.stripLeading().startsWith("#")) continue;
            if (part.endsWith("\\")) {
                line.append(part, 0, part.length() - 1).append(' ');
                continue;
            }
            line.append(part);
            var words = line.toString().strip().replaceAll("\\s+", " ").split(" ", 2);
            instructions.add(new Instruction(words[0].toUpperCase(Locale.ROOT), words[1]));
            line.setLength(0);
        }
        return new Dockerfile(instructions);
    }

    Stream<Instruction> all(String word) {
        return instructions.stream().filter(instruction -> instruction.isWord(word));
    }

    /// What the image itself is made by: everything after the last FROM.
    Dockerfile lastStage() {
        int from = 0;
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).isWord("FROM")) from = i;
        }
        return new Dockerfile(instructions.subList(from, instructions.size()));
    }
}
