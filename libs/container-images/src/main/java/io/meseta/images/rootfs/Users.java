package io.meseta.images.rootfs;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The users and groups an image knows, from its `/etc/passwd` and `/etc/group`. Lines that are
/// broken are left out; names that are not there are refused, since the process would run as root.
final class Users {

    private static final int BYTES_MAX = 1 << 20;
    private static final int GROUPS_MAX = 65_536;

    private final List<List<String>> passwd;
    private final List<List<String>> group;

    private Users(List<List<String>> passwd, List<List<String>> group) {
        this.passwd = passwd;
        this.group = group;
    }

    static Users of(LayeredFiles files) {
        return new Users(
                lines(files.read("etc/passwd", BYTES_MAX), 7),
                lines(files.read("etc/group", BYTES_MAX), 4));
    }

    private static List<List<String>> lines(Optional<byte[]> text, int fields) {
        return text.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(lines ->
                        lines.lines()
                                .map(line -> List.of(line.split(":", -1)))
                                .filter(line -> line.size() >= fields)
                                .toList())
                .orElse(List.of());
    }

    /// Reads `user[:group]`, each a name or a number; empty is root.
    ContainerUser find(String text) {
        int colon = text.indexOf(':');
        var userText = colon < 0 ? text : text.substring(0, colon);
        var groupText = colon < 0 ? "" : text.substring(colon + 1);
        var wanted = userText.isEmpty() ? "0" : userText;
        var line = passwdLine(wanted);
        int user =
                line.map(fields -> id(fields.get(2)))
                        .orElseGet(() -> id(wanted))
                        .orElseThrow(() -> unknown("user", wanted));
        int own = line.map(fields -> id(fields.get(3)).orElse(0)).orElse(0);
        int group = groupText.isEmpty() ? own : group(groupText);
        var name = line.map(List::getFirst).orElse("");
        // Whoever names a group wants that one only, as Docker has it.
        var groups = groupText.isEmpty() ? groupsOf(name, group) : List.<Integer>of();
        return new ContainerUser(user, group, groups, home(line));
    }

    private Optional<List<String>> passwdLine(String wanted) {
        var byName = passwd.stream().filter(line -> line.getFirst().equals(wanted)).findFirst();
        if (byName.isPresent() && id(byName.get().get(2)).isPresent()) return byName;
        var number = id(wanted);
        return number.isEmpty()
                ? Optional.empty()
                : passwd.stream().filter(line -> id(line.get(2)).equals(number)).findFirst();
    }

    private int group(String wanted) {
        var named = group.stream().filter(line -> line.getFirst().equals(wanted)).findFirst();
        return named.map(line -> id(line.get(2)))
                .orElseGet(() -> id(wanted))
                .orElseThrow(() -> unknown("group", wanted));
    }

    private List<Integer> groupsOf(String name, int own) {
        var groups = new ArrayList<Integer>();
        if (name.isEmpty()) return groups;
        for (var line : group) {
            var number = id(line.get(2));
            var isMember = List.of(line.get(3).split(",", -1)).contains(name);
            if (isMember && number.isPresent() && number.getAsInt() != own) {
                groups.add(number.getAsInt());
            }
            if (groups.size() > GROUPS_MAX) throw ImageFault.tooLarge("a user of 65,536 groups");
        }
        return groups;
    }

    private static String home(Optional<List<String>> line) {
        return line.map(fields -> fields.get(5)).filter(home -> home.startsWith("/")).orElse("/");
    }

    /// 31 bits, as the OCI runtimes take them.
    private static OptionalInt id(String text) {
        if (text.isEmpty() || text.length() > 10) return OptionalInt.empty();
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) return OptionalInt.empty();
        long number = Long.parseLong(text);
        return number > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    private static ImageFault unknown(String what, String name) {
        return new ImageFault(
                Kind.INVALID, "the image has no %s %s".formatted(what, ImageFault.quoted(name)));
    }
}
