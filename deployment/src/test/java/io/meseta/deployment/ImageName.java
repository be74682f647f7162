package io.meseta.deployment;

import java.util.Optional;
import java.util.regex.Pattern;

/// What is wrong with a reference to an image.
final class ImageName {

    private static final Pattern DEFAULTED = Pattern.compile("^\\$\\{[A-Z_]+:-(.*)}$");
    private static final Pattern INNER = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    private ImageName() {}

    /// The reference when no variable is set.
    static String byDefault(String reference) {
        var whole = DEFAULTED.matcher(reference);
        if (whole.matches()) return whole.group(1);
        return INNER.matcher(reference).replaceAll("$1");
    }

    /// Empty when an engine would find the same image tomorrow, wherever its registry is.
    static Optional<String> complaint(String reference) {
        var image = byDefault(reference);
        if (image.contains("$")) return Optional.of(reference + " names no image by default");
        if (image.contains("@sha256:")) return Optional.empty();
        var parts = image.split("/", -1);
        if (parts.length > 1 && (parts[0].matches(".*[.:].*") || parts[0].equals("localhost"))) {
            return Optional.of(image + " names a registry: that is for whoever runs it to choose");
        }
        var last = parts[parts.length - 1];
        if (!last.contains(":")) return Optional.of(image + " has no tag");
        if (last.endsWith(":latest")) return Optional.of(image + " is latest, so anything");
        return Optional.empty();
    }
}
