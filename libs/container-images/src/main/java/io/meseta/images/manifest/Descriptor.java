package io.meseta.images.manifest;

import io.meseta.images.json.Json;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.util.Map;

/// Points at content: what it is, what its bytes digest to, and how many there are.
///
/// @param size in bytes; content of any other length is not it
public record Descriptor(
        String mediaType, Digest digest, long size, Map<String, String> annotations) {

    /// A tebibyte: no blob of an image comes near it, and sums of all blobs stay far from overflow.
    private static final long SIZE_MAX = 1L << 40;

    public Descriptor {
        if (size < 0 || size > SIZE_MAX) {
            throw ImageFault.malformed("a blob of " + size + " bytes");
        }
        annotations = Map.copyOf(annotations);
    }

    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Map.of());
    }

    static Descriptor of(Json.Members json) {
        var size =
                json.number("size")
                        .orElseThrow(() -> ImageFault.malformed("a descriptor without size"));
        return new Descriptor(
                MediaTypes.bare(json.text("mediaType").orElse("")),
                Digest.parse(json.needText("digest")),
                size,
                json.textsByName("annotations"));
    }
}
