package io.meseta.mesos.protobuf;

/// How much a protobuf body may ask of us.
///
/// @param bytesMax the longest body, in bytes
/// @param depthMax how many messages may lie within each other, the outermost not counted
public record ProtobufLimits(int bytesMax, int depthMax) {

    /// For requests: 8 MiB, and more depth than any call of the API has.
    public static final ProtobufLimits DEFAULT = new ProtobufLimits(8 * 1024 * 1024, 64);

    public ProtobufLimits {
        if (bytesMax < 0) throw new IllegalArgumentException("bytesMax is negative");
        if (depthMax < 0) throw new IllegalArgumentException("depthMax is negative");
    }
}
