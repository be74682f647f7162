package io.meseta.testkit.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is known to differ from the recordings: in each line a group and a pattern for the names of
/// its cases. A line that fits no difference any more is itself a fault.
public record Differences(List<String> lines) {

    public static Differences read(InputStream text) throws IOException {
        try (text) {
            return new Differences(
                    new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList());
        }
    }

    /// Fails with each difference that is not known, and each known one that is none.
    public void check(String group, Replay replay) {
        System.out.printf(
                "corpus %s: %d compared, %d match%n",
                group, replay.compared(), replay.compared() - replay.mismatches().size());
        check(group, replay.names(), replay.mismatches());
    }

    /// @param compared the names of all cases
    /// @param mismatches each a case's name, a colon, and what differs
    public void check(String group, Collection<String> compared, List<String> mismatches) {
        var known = known(group);
        var faults = new ArrayList<String>();
        var names = mismatches.stream().map(Differences::name).collect(Collectors.toSet());
        for (var mismatch : mismatches)
            if (known.stream().noneMatch(each -> each.matcher(name(mismatch)).matches()))
                faults.add(mismatch);
        for (var each : known) {
            if (names.stream().noneMatch(each.asMatchPredicate()))
                faults.add("nothing differs any more by " + each);
            for (var name : compared)
                if (each.matcher(name).matches() && !names.contains(name))
                    faults.add("no longer differs: " + name + ", by " + each);
        }
        assertThat(String.join("\n", faults)).as(group).isEmpty();
    }

    /// Whether that case is known to differ.
    public boolean has(String group, String name) {
        return known(group).stream().anyMatch(each -> each.matcher(name).matches());
    }

    private List<Pattern> known(String group) {
        return lines.stream()
                .filter(line -> line.startsWith(group + " "))
                .map(line -> Pattern.compile(line.substring(group.length() + 1).strip()))
                .toList();
    }

    private static String name(String mismatch) {
        return mismatch.substring(0, mismatch.indexOf(':'));
    }
}
