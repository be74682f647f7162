package io.meseta.agent.volumes;

/// A volume can't be made, found or linked.
public final class VolumeFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VolumeFailure(String message) {
        super(message);
    }

    VolumeFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
