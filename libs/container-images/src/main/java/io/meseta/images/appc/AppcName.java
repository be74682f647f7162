package io.meseta.images.appc;

import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which AppC image is meant: the Mesos API's `Image.Appc`.
///
/// @param name as in `example.com/reduce-worker`; its first part is the host of the discovery
/// @param labels such as `version`, `os`, `arch`
/// @param id `sha512-…` of the decompressed archive; null where any will do
public record AppcName(String name, Map<String, String> labels, @Nullable Digest id) {

    private static final Pattern NAME =
            Pattern.compile(
                    "%1$s(?::[0-9]{1,5}(?:/%1$s)?)?"
                            .formatted("[a-z0-9]++(?:[-._~/][a-z0-9]++)*+"));
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9._~+-]{1,128}");
    private static final int NAME_MAX = 255;
    private static final int LABELS_MAX = 64;

    public AppcName {
        if (name.length() > NAME_MAX || !NAME.matcher(name).matches()) {
            throw new ImageFault(
                    Kind.INVALID, "not a name of an AppC image: " + ImageFault.quoted(name));
        }
        if (labels.size() > LABELS_MAX) throw ImageFault.tooLarge("more than 64 labels");
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /// The id as AppC writes it, `sha512-hex`.
    static Digest id(String text) {
        return Digest.parse(text.replaceFirst("-", ":"));
    }

    /// This name with the labels that finding it needs.
    AppcName on(Platform platform) {
        var complete = new TreeMap<>(labels);
        complete.putIfAbsent("version", "latest");
        complete.putIfAbsent("os", platform.os());
        complete.putIfAbsent("arch", platform.architecture());
        return new AppcName(name, complete, id);
    }

    /// A label's value, fit for an address.
    String label(String label) {
        var value = labels.getOrDefault(label, "");
        if (LABEL_VALUE.matcher(value).matches()) return value;
        throw new ImageFault(
                Kind.INVALID,
                "label %s is not fit for an address: %s"
                        .formatted(label, ImageFault.quoted(value)));
    }

    /// In full; also what the store calls the image.
    @Override
    public String toString() {
        return "appc:" + name + labels + (id == null ? "" : "@" + id);
    }
}
