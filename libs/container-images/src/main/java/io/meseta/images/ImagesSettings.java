package io.meseta.images;

import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.RegistrySettings;
import io.meseta.images.store.WaterMarks;
import java.nio.file.Path;
import java.time.Duration;

/// How images are kept and fetched on this machine.
///
/// @param directory of the store; nobody else may write there
/// @param layersMax layers that are fetched and unpacked at a time
/// @param pullMax how long one pull may take
/// @param appcPrefix where AppC images lie by simple discovery: `https://`, or a directory
public record ImagesSettings(
        Path directory,
        RegistrySettings registries,
        UnpackOptions unpacking,
        WaterMarks waterMarks,
        Platform platform,
        int layersMax,
        Duration pullMax,
        String appcPrefix) {

    public ImagesSettings {
        if (layersMax < 1) throw new IllegalArgumentException("no layer at a time: " + layersMax);
    }

    /// What suits most machines.
    public static ImagesSettings in(Path directory) {
        var isRoot = System.getProperty("user.name", "").equals("root");
        return new ImagesSettings(
                directory,
                RegistrySettings.usual(),
                isRoot ? UnpackOptions.forRoot() : UnpackOptions.forOthers(),
                new WaterMarks(85, 80),
                Platform.here(),
                4,
                Duration.ofHours(1),
                "https://");
    }

    /// These, with other ways to registries.
    public ImagesSettings with(RegistrySettings registries) {
        return new ImagesSettings(
                directory,
                registries,
                unpacking,
                waterMarks,
                platform,
                layersMax,
                pullMax,
                appcPrefix);
    }
}
