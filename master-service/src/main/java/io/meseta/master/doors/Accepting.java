package io.meseta.master.doors;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a request's `Accept` or `Accept-Encoding` header allows, read as Mesos reads it: the first
/// parameter counts if it is a quality, and only whether that is zero.
final class Accepting {

    private Accepting() {}

    /// Whether a media type may be sent; everything may if nothing is said.
    static boolean mediaType(Optional<String> accept, String mediaType) {
        if (accept.isEmpty()) return true;
        var major = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
        return wanted(accept.get()).stream()
                .anyMatch(
                        type -> type.equals("*/*") || type.equals(major) || type.equals(mediaType));
    }

    /// Whether a content coding may be used; none may if nothing is said.
    static boolean encoding(Optional<String> accept, String coding) {
        return accept.map(Accepting::wanted)
                .map(names -> names.contains(coding) || names.contains("*"))
                .orElse(false);
    }

    private static List<String> wanted(String header) {
        return Arrays.stream(header.replaceAll("[ \\t]", "").split(",", -1))
                .filter(element -> !isRefused(element))
                .map(Accepting::name)
                .toList();
    }

    private static String name(String element) {
        int end = element.indexOf(';');
        return (end < 0 ? element : element.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    private static boolean isRefused(String element) {
        int at = element.indexOf(";q=");
        if (at < 0) return false;
        var quality = element.substring(at + ";q=".length());
        return quality.matches("0(\\.0*)?");
    }
}
