package io.meseta.agent.containers;

import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.rootfs.ContainerUser;
import io.meseta.images.rootfs.ProcessPlan;
import org.jspecify.annotations.Nullable;

/// A container's image, with what is read from its files when somebody asks, and once.
final class Imaged {

    private final ReadyImage image;
    private @Nullable ContainerUser user;

    Imaged(ReadyImage image) {
        this.image = image;
    }

    ReadyImage image() {
        return image;
    }

    /// Who runs in it unless the task says otherwise.
    synchronized ContainerUser user() {
        var found = user;
        if (found == null) {
            found = ProcessPlan.user(image);
            user = found;
        }
        return found;
    }
}
