package io.meseta.runtime.doctor;

import io.meseta.runtime.oci.Trials.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How this distribution installs programs.
final class Installing {

    private static final Map<String, String> BY_DISTRIBUTION =
            Map.ofEntries(
                    Map.entry("debian", "apt-get install -y"),
                    Map.entry("ubuntu", "apt-get install -y"),
                    Map.entry("fedora", "dnf install -y"),
                    Map.entry("rhel", "dnf install -y"),
                    Map.entry("centos", "dnf install -y"),
                    Map.entry("suse", "zypper install -y"),
                    Map.entry("opensuse", "zypper install -y"),
                    Map.entry("alpine", "apk add"),
                    Map.entry("arch", "pacman -S --noconfirm"));

    private Installing() {}

    /// Null where this distribution is not known. Of several runtimes that are not there, all:
    /// which of them works here is only known when it is tried.
    static @Nullable String command(Candidate monitor, List<Candidate> runtimes) {
        var missing = new ArrayList<String>();
        if (monitor.program() == null) missing.add(monitor.name());
        for (var runtime : runtimes) {
            if (runtime.program() == null) missing.add(runtime.name());
        }
        // A path is something that no distribution has by that name.
        missing.removeIf(name -> name.startsWith("/"));
        for (var distribution : distributions()) {
            var command = BY_DISTRIBUTION.get(distribution);
            if (command != null && !missing.isEmpty()) {
                return command + " " + String.join(" ", missing);
            }
        }
        return null;
    }

    /// What this machine runs, and what that is like: `ID` and `ID_LIKE`.
    private static List<String> distributions() {
        var names = new ArrayList<String>();
        try {
            for (var line : Files.readAllLines(Path.of("/etc/os-release"))) {
                if (!line.startsWith("ID=") && !line.startsWith("ID_LIKE=")) continue;
                var value = line.substring(line.indexOf('=') + 1).replace("\"", "");
                if (line.startsWith("ID=")) names.add(0, value);
                else names.addAll(List.of(value.split(" ", -1)));
            }
        } catch (IOException _) {
            return List.of();
        }
        return names;
    }
}
