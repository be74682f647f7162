package io.meseta.testkit.walls;

import com.sun.source.tree.ClassTree;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/// Every room has a sign at its door, and every public type says what it is for.
final class RoomSignWalls {

    private static final int SIGN_LINES_MAX = 30;
    private static final Pattern SENTENCE = Pattern.compile("///\\s+\\S.*");

    private RoomSignWalls() {}

    static List<Wall> all() {
        return List.of(
                new Wall(
                        "room-signs",
                        "each package says in its package-info what lives there",
                        ModuleKind.all(),
                        RoomSignWalls::unsignedRooms),
                new Wall(
                        "own-packages",
                        "a module's classes lie below its base packages",
                        ModuleKind.all(),
                        RoomSignWalls::strangers),
                Wall.ofSources(
                        "public-types-are-explained",
                        "a public type's comment says what its name cannot",
                        RoomSignWalls::unexplained));
    }

    private static List<String> unsignedRooms(CheckedModule module) {
        var signs = new TreeMap<String, Optional<SourceFile>>();
        for (var file : module.sources()) {
            if (file.isTest()) continue;
            signs.putIfAbsent(file.packageName(), Optional.empty());
            if (file.isRoomSign()) signs.put(file.packageName(), Optional.of(file));
        }
        return signs.entrySet().stream()
                .flatMap(room ->
                        room.getValue()
                                .map(RoomSignWalls::faults)
                                .orElse(Stream.of("no package-info.java"))
                                .map(fault -> room.getKey() + ": " + fault))
                .toList();
    }

    private static Stream<String> faults(SourceFile sign) {
        var isMarked =
                sign.unit().getPackageAnnotations().stream()
                        .anyMatch(each -> each.getAnnotationType().toString().equals("NullMarked"));
        var comment = sign.lines().stream().takeWhile(line -> line.startsWith("///")).toList();
        var hasSentence =
                !comment.isEmpty()
                        && SENTENCE.matcher(comment.getFirst()).matches()
                        && comment.stream().anyMatch(line -> line.contains("."));
        return Stream.of(
                        isMarked ? "" : "not @NullMarked",
                        hasSentence ? "" : "no first sentence",
                        comment.size() > SIGN_LINES_MAX ? "a sign, not a book" : "")
                .filter(fault -> !fault.isEmpty());
    }

    private static List<String> strangers(CheckedModule module) {
        return module.sources().stream()
                .filter(file -> !file.isTest())
                .filter(file -> module.packages().stream().noneMatch(own -> isBelow(file, own)))
                .map(file -> file.at("not below " + module.packages()))
                .toList();
    }

    private static boolean isBelow(SourceFile file, String own) {
        return file.packageName().equals(own) || file.packageName().startsWith(own + ".");
    }

    private static Stream<String> unexplained(SourceFile file) {
        if (file.isTest()) return Stream.empty();
        return file.topTypes()
                .filter(type -> type.getModifiers().getFlags().contains(Modifier.PUBLIC))
                .filter(type -> !isExplained(file, type))
                .map(type -> file.at(type, type.getSimpleName() + " has no /// comment"));
    }

    /// The comment ends on the line before the type's first annotation or modifier.
    private static boolean isExplained(SourceFile file, ClassTree type) {
        int before = (int) file.line(type) - 2;
        return before >= 0 && file.lines().get(before).strip().startsWith("///");
    }
}
