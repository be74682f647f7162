package io.meseta.images.manifest;

import java.util.List;
import java.util.Set;

/// The media types that we take, by what they mean. OCI's and Docker's words for one thing are one.
public final class MediaTypes {

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String DOCKER_LIST =
            "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST =
            "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

    /// What a request for a manifest says it takes, best first.
    public static final List<String> ACCEPTED =
            List.of(OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST);

    private static final Set<String> LISTS = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final Set<String> IMAGES = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
    private static final Set<String> CONFIGS = Set.of(OCI_CONFIG, DOCKER_CONFIG);
    private static final Set<String> LAYERS =
            Set.of(
                    OCI_LAYER,
                    OCI_LAYER + "+gzip",
                    OCI_LAYER + "+zstd",
                    "application/vnd.oci.image.layer.nondistributable.v1.tar",
                    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
                    DOCKER_LAYER,
                    DOCKER_LAYER + ".gzip",
                    DOCKER_LAYER + ".zstd");
    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";

    private MediaTypes() {}

    static boolean isList(String type) {
        return LISTS.contains(type);
    }

    static boolean isImage(String type) {
        return IMAGES.contains(type);
    }

    static boolean isConfig(String type) {
        return CONFIGS.contains(type);
    }

    /// Foreign layers, which Windows images fetch from elsewhere, are not among them.
    static boolean isLayer(String type) {
        return LAYERS.contains(type);
    }

    static boolean isSchemaOne(String type) {
        return type.startsWith(SCHEMA_1);
    }

    /// Without parameters, such as a character set.
    static String bare(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    }
}
