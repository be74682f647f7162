package io.meseta.runtime.oci;

import io.meseta.runtime.plan.Capability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The standard profile of system calls, in the OCI form, for a container with some capabilities.
/// The calls are data: `seccomp-standard.txt`.
final class SeccompProfile {

    private static final String FILE = "seccomp-standard.txt";
    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final String REFUSE = "SCMP_ACT_ERRNO";
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /// All flags of `clone` that make namespaces: time, mount, cgroup, uts, ipc, user, pid, net.
    private static final long NAMESPACE_FLAGS = 0x7E020080L;

    /// Linux' own personality, with and without 32 bit and old `uname`, and the question for it.
    private static final long[] PERSONALITIES = {0x0, 0x8, 0x20000, 0x20008, 0xffffffffL};

    private static final int AF_VSOCK = 40;

    private SeccompProfile() {}

    static Map<String, Object> standard(Set<Capability> bounding) {
        var names = new LinkedHashSet<String>();
        for (var part : parts().entrySet()) {
            var isAllowed =
                    part.getKey().equals("always")
                            || bounding.stream()
                                    .map(Capability::kernelName)
                                    .anyMatch(List.of(part.getKey().split(" ", -1))::contains);
            if (isAllowed) names.addAll(part.getValue());
        }
        var rules = new ArrayList<Object>();
        rules.add(rule(List.copyOf(names), ALLOW));
        if (!names.contains("clone")) {
            rules.add(withArgument("clone", 0, NAMESPACE_FLAGS, "SCMP_CMP_MASKED_EQ"));
            // Its flags lie in memory, where no filter can see them; libraries fall back to clone.
            rules.add(Map.of("names", List.of("clone3"), "action", REFUSE, "errnoRet", ENOSYS));
        }
        for (long personality : PERSONALITIES) {
            rules.add(withArgument("personality", 0, personality, "SCMP_CMP_EQ"));
        }
        // Sockets to the hypervisor know no network namespace.
        rules.add(withArgument("socket", 0, AF_VSOCK, "SCMP_CMP_NE"));
        var profile = new LinkedHashMap<String, Object>();
        profile.put("defaultAction", REFUSE);
        profile.put("defaultErrnoRet", EPERM);
        profile.put("architectures", architectures());
        profile.put("syscalls", rules);
        return profile;
    }

    private static List<String> architectures() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
            case "aarch64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
            // The runtime then takes the machine's own.
            default -> List.of();
        };
    }

    private static Map<String, Object> rule(List<String> names, String action) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("names", names);
        rule.put("action", action);
        return rule;
    }

    private static Map<String, Object> withArgument(
            String name, int index, long value, String comparison) {
        var argument = new LinkedHashMap<String, Object>();
        argument.put("index", index);
        argument.put("value", value);
        if (comparison.equals("SCMP_CMP_MASKED_EQ")) argument.put("valueTwo", 0);
        argument.put("op", comparison);
        var rule = rule(List.of(name), ALLOW);
        rule.put("args", List.of(argument));
        return rule;
    }

    private static Map<String, List<String>> parts() {
        var parts = new LinkedHashMap<String, List<String>>();
        var file = Objects.requireNonNull(SeccompProfile.class.getResourceAsStream(FILE), FILE);
        try (var lines =
                new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            var part = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#") || line.isBlank()) continue;
                if (line.startsWith("[")) {
                    part = new ArrayList<>();
                    parts.put(line.substring(1, line.length() - 1), part);
                } else {
                    part.addAll(List.of(line.split(" ", -1)));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return parts;
    }
}
