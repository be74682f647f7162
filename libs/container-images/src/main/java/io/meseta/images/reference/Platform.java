package io.meseta.images.reference;

import io.meseta.images.reference.ImageFault.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/// An operating system on a processor, in the words of Go, which images use.
///
/// @param variant of the processor, as in `v7`; empty for the plain one. The spellings of one thing
///   are made equal: `arm64/v8` is `arm64`, `arm` is `arm/v7`, `amd64/v1` is `amd64`
public record Platform(String os, String architecture, String variant) {

    private static final Pattern WORD = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final Pattern LEVEL = Pattern.compile("v([0-9]{1,2})");

    public Platform {
        os = word(os);
        architecture = word(architecture);
        variant = variant.isEmpty() ? "" : word(variant);
        switch (architecture) {
            case "x86_64", "x86-64" -> architecture = "amd64";
            case "aarch64" -> architecture = "arm64";
            case "armhf" -> architecture = "arm";
            case "armel" -> {
                architecture = "arm";
                variant = "v6";
            }
            case "i386", "i686", "x86" -> architecture = "386";
            default -> {}
        }
        if (architecture.equals("arm64") && variant.equals("v8")) variant = "";
        if (architecture.equals("amd64") && variant.equals("v1")) variant = "";
        if (architecture.equals("arm") && variant.isEmpty()) variant = "v7";
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, "");
    }

    /// The machine we run on.
    public static Platform here() {
        var os = System.getProperty("os.name", "linux").toLowerCase(Locale.ROOT);
        var name = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os;
        return of(name, System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT));
    }

    /// Reads `os/architecture[/variant]`.
    public static Platform parse(String text) {
        var parts = List.of(text.split("/", -1));
        return switch (parts.size()) {
            case 2 -> of(parts.get(0), parts.get(1));
            case 3 -> new Platform(parts.get(0), parts.get(1), parts.get(2));
            default ->
                    throw new ImageFault(
                            Kind.INVALID, "not os/architecture: " + ImageFault.quoted(text));
        };
    }

    /// How well a machine of this platform runs something made for `other`: empty means not at all,
    /// 0 means made for it, more is worse. A lower level of the same processor runs (`arm/v6` on
    /// `arm/v7`), a higher one does not.
    public OptionalInt distanceTo(Platform other) {
        if (!os.equals(other.os) || !architecture.equals(other.architecture)) {
            return OptionalInt.empty();
        }
        if (variant.equals(other.variant)) return OptionalInt.of(0);
        var mine = level(variant);
        var its = level(other.variant);
        return mine.isPresent() && its.isPresent() && its.getAsInt() <= mine.getAsInt()
                ? OptionalInt.of(mine.getAsInt() - its.getAsInt())
                : OptionalInt.empty();
    }

    private static OptionalInt level(String variant) {
        if (variant.isEmpty()) return OptionalInt.of(1);
        var matcher = LEVEL.matcher(variant);
        return matcher.matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }

    /// Of `offered`, the one that runs here best; the first of equals, as the format's authors say.
    public static <T> Optional<T> best(
            Platform wanted, List<T> offered, Function<T, Platform> platform) {
        Optional<T> best = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (var each : offered) {
            var distance = wanted.distanceTo(platform.apply(each));
            if (distance.isPresent() && distance.getAsInt() < least) {
                least = distance.getAsInt();
                best = Optional.of(each);
            }
        }
        return best;
    }

    private static String word(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (WORD.matcher(lower).matches()) return lower;
        throw new ImageFault(Kind.INVALID, "not a word of a platform: " + ImageFault.quoted(text));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
