package io.meseta.mesos.json;

/// How much a JSON body may ask of us.
///
/// @param bytesMax the longest body, in bytes
/// @param depthMax how many objects and arrays may lie within each other, the outermost counted
/// @param stringCharsMax the longest text or name, in UTF-16 units after escapes are undone
/// @param numberCharsMax the longest number, in characters
public record JsonLimits(int bytesMax, int depthMax, int stringCharsMax, int numberCharsMax) {

    /// For requests: 8 MiB, and more depth than any call of the API has.
    public static final JsonLimits DEFAULT =
            new JsonLimits(8 * 1024 * 1024, 128, 4 * 1024 * 1024, 128);

    public JsonLimits {
        if (bytesMax < 0) throw new IllegalArgumentException("bytesMax is negative");
        if (depthMax < 0) throw new IllegalArgumentException("depthMax is negative");
        if (stringCharsMax < 0) throw new IllegalArgumentException("stringCharsMax is negative");
        if (numberCharsMax < 0) throw new IllegalArgumentException("numberCharsMax is negative");
    }
}
