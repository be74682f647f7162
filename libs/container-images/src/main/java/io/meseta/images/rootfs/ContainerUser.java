package io.meseta.images.rootfs;

import java.util.List;

/// Who a process in a container is, in numbers of the container.
///
/// @param groups further groups, without `group`
/// @param home absolute; `/` where the image does not say
public record ContainerUser(int user, int group, List<Integer> groups, String home) {

    /// Root, as images have it that say nothing.
    public static final ContainerUser ROOT = new ContainerUser(0, 0, List.of(), "/root");

    public ContainerUser {
        groups = List.copyOf(groups);
    }
}
