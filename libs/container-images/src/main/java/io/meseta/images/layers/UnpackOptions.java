package io.meseta.images.layers;

/// How a layer is to lie on this host.
///
/// @param whiteouts how what was removed is marked
/// @param devices what becomes of device nodes
public record UnpackOptions(
        UnpackLimits limits, OwnerMap owners, Whiteouts whiteouts, Devices devices) {

    /// The attributes by which overlayfs marks directories that hide what lies below.
    public enum Whiteouts {
        /// For mounts made by root.
        TRUSTED("trusted.overlay.opaque"),
        /// For mounts made in a user namespace.
        USER("user.overlay.opaque");

        private final String opaque;

        Whiteouts(String opaque) {
            this.opaque = opaque;
        }

        /// The attribute whose value `y` makes a directory opaque.
        public String opaque() {
            return opaque;
        }
    }

    /// What to do with a device in a layer. None is ever made: a runtime gives a container its
    /// devices, and a node that an image brings is one that nobody allowed.
    public enum Devices {
        /// The image is refused.
        REFUSE,
        /// The node is left out and counted. Base images made by old tools hold some, unused.
        LEAVE_OUT
    }

    /// For root, and images that are mounted by root.
    public static UnpackOptions forRoot() {
        return new UnpackOptions(
                UnpackLimits.usual(), OwnerMap.same(), Whiteouts.TRUSTED, Devices.LEAVE_OUT);
    }

    /// For any other user.
    public static UnpackOptions forOthers() {
        return new UnpackOptions(
                UnpackLimits.usual(), OwnerMap.ours(), Whiteouts.USER, Devices.LEAVE_OUT);
    }
}
