package io.meseta.agent.containers;

import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ContainerInfo.DockerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.Volume;
import java.util.Optional;

/// What a task may ask for of its container at all, on whichever machine.
public final class ContainerDemands {

    private ContainerDemands() {}

    /// Whether only a container runtime can give what is asked for.
    public static boolean isNeeded(ContainerInfo container) {
        return hasImage(container)
                || container.getVolumesCount() > 0
                || container.hasLinuxInfo()
                || container.hasRlimitInfo()
                || container.hasTtyInfo()
                || container.hasHostname();
    }

    /// Whether it has files of its own.
    public static boolean hasImage(ContainerInfo container) {
        return isDocker(container) || container.getMesos().hasImage();
    }

    /// A container that is not there has a type all the same: the first of all.
    private static boolean isDocker(ContainerInfo container) {
        return container.hasType() && container.getType() == ContainerInfo.Type.DOCKER;
    }

    /// What is asked for and can't be had; empty if nothing is.
    ///
    /// @param isGrouped whether it is one of a group's
    public static Optional<String> unsupported(ContainerInfo container, boolean isGrouped) {
        if (container.getNetworkInfosList().stream().anyMatch(each -> each.hasName()))
            return Optional.of("networks of a container");
        return ofImage(container)
                .or(() -> ofVolumes(container, isGrouped))
                .or(() -> ofLinux(container.getLinuxInfo(), isGrouped));
    }

    private static Optional<String> ofImage(ContainerInfo container) {
        if (isDocker(container)) {
            return container.hasDocker()
                    ? ofDocker(container.getDocker())
                    : Optional.of("container of type DOCKER that names no image");
        }
        if (container.hasDocker())
            return Optional.of("'docker' of a container that is not of type DOCKER");
        return container.getMesos().hasImage()
                ? ofImage(container.getMesos().getImage())
                : Optional.empty();
    }

    private static Optional<String> ofImage(Image image) {
        return switch (image.getType()) {
            case DOCKER -> {
                if (!image.hasDocker()) yield Optional.of("image of type DOCKER that names none");
                yield image.getDocker().hasConfig()
                        ? ofSecret(image.getDocker().getConfig(), "an image's 'config'")
                        : Optional.empty();
            }
            case APPC ->
                    image.hasAppc()
                            ? Optional.empty()
                            : Optional.of("image of type APPC that names none");
        };
    }

    @SuppressWarnings("deprecation") // frameworks still say it
    private static Optional<String> ofDocker(DockerInfo docker) {
        try {
            DockerParameters.read(docker.getParametersList());
        } catch (IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
        if (docker.hasVolumeDriver()) return Optional.of("docker volume driver");
        if (docker.getPortMappingsCount() > 0) return Optional.of("port mappings");
        return switch (docker.getNetwork()) {
            case HOST, NONE -> Optional.empty();
            case BRIDGE, USER -> Optional.of("docker network " + docker.getNetwork());
        };
    }

    private static Optional<String> ofVolumes(ContainerInfo container, boolean isGrouped) {
        for (var volume : container.getVolumesList()) {
            var objection = ofVolume(volume, isGrouped);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private static Optional<String> ofVolume(Volume volume, boolean isGrouped) {
        var path = volume.getContainerPath();
        if (path.isEmpty() || path.indexOf('\0') >= 0 || isClimbing(path))
            return Optional.of("container path '" + path.replace('\0', '?') + "' of a volume");
        if (volume.hasImage()) return ofImage(volume.getImage());
        if (!volume.hasSource()) {
            return volume.hasHostPath()
                    ? ofHostPath(volume.getHostPath())
                    : Optional.of("volume at '" + path + "' that comes from nowhere");
        }
        var source = volume.getSource();
        return switch (source.getType()) {
            case HOST_PATH -> ofHostPath(source.getHostPath().getPath());
            case SANDBOX_PATH -> {
                var sandbox = source.getSandboxPath();
                if (isClimbing(sandbox.getPath()) || sandbox.getPath().startsWith("/"))
                    yield Optional.of("sandbox path '" + sandbox.getPath() + "'");
                yield switch (sandbox.getType()) {
                    case SELF -> Optional.empty();
                    case PARENT ->
                            isGrouped
                                    ? Optional.empty()
                                    : Optional.of("sandbox path of a parent that is not there");
                    case UNKNOWN -> Optional.of("sandbox path of an unknown type");
                };
            }
            case SECRET -> ofSecret(source.getSecret(), "a volume");
            case DOCKER_VOLUME -> Optional.of("volume of a docker volume driver");
            case CSI_VOLUME -> Optional.of("volume of a CSI plugin");
            case UNKNOWN -> Optional.of("volume of an unknown type");
        };
    }

    /// A relative one is of the sandbox.
    private static Optional<String> ofHostPath(String path) {
        return isClimbing(path) ? Optional.of("host path with '..'") : Optional.empty();
    }

    static Optional<String> ofSecret(Secret secret, String where) {
        return secret.getType() == Secret.Type.VALUE && secret.hasValue()
                ? Optional.empty()
                : Optional.of("secret by reference in " + where);
    }

    /// A group has no container of its own that its tasks could share with.
    private static Optional<String> ofLinux(LinuxInfo linux, boolean isGrouped) {
        if (!isGrouped) return Optional.empty();
        if (linux.getSharePidNamespace())
            return Optional.of("sharing of processes within a task group");
        return linux.getIpcMode() == LinuxInfo.IpcMode.SHARE_PARENT
                ? Optional.of("sharing of memory within a task group")
                : Optional.empty();
    }

    private static boolean isClimbing(String path) {
        for (var part : path.split("/", -1)) if (part.equals("..")) return true;
        return path.indexOf('\0') >= 0;
    }
}
