package io.meseta.images;

import static io.meseta.images.Faults.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.images.appc.AppcName;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.pulls.PullPolicy;
import io.meseta.images.pulls.PullProgress.Listener;
import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.Credential;
import io.meseta.images.registry.DockerConfig;
import io.meseta.images.registry.RegistrySettings;
import io.meseta.images.rootfs.CommandWish;
import io.meseta.images.rootfs.OverlayLayers;
import io.meseta.images.rootfs.ProcessPlan;
import io.meseta.images.store.WaterMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way, with a real registry where there is one.
@Timeout(120)
final class ImagesIT {

    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    @TempDir Path temporary;

    private final ImageMaker image =
            new ImageMaker()
                    .layer(new TarMaker().file("etc/passwd", "www:x:33:33::/srv:/\n").done())
                    .layer(new TarMaker().file("app/run", "#!").file(".wh.tmp", "").done())
                    .settings("{\"User\": \"www\", \"Entrypoint\": [\"/app/run\"]}");

    @Test
    void pullsFromARealRegistry() throws Exception {
        try (var registry = DebianRegistry.start(temporary, false);
                var images = open(registry.host())) {
            var digest = registry.push(image, "team/app", "1");
            var source = ImageSource.parse(registry.host() + "/team/app:1");

            var ready = pull(images, source, DockerConfig.empty());

            assertThat(ready.manifest()).isEqualTo(digest);
            var plan = ProcessPlan.of(ready, CommandWish.none(), Map.of());
            assertThat(plan.arguments()).containsExactly("/app/run");
            assertThat(plan.user().user()).isEqualTo(33);
            refuses(
                    Kind.NOT_FOUND,
                    "404",
                    () ->
                            pull(
                                    images,
                                    ImageSource.parse(registry.host() + "/team/app:2"),
                                    DockerConfig.empty()));
        }
    }

    @Test
    void showsARealRegistryItsPassword() throws Exception {
        try (var registry = DebianRegistry.start(temporary, true);
                var images = open(registry.host())) {
            registry.push(image, "team/app", "1");
            var source = ImageSource.parse(registry.host() + "/team/app:1");

            refuses(Kind.UNAUTHORIZED, "401", () -> pull(images, source, DockerConfig.empty()));
            var right = new Credential.Password(DebianRegistry.USER, DebianRegistry.PASSWORD);
            var ready = pull(images, source, DockerConfig.of(registry.host(), right));

            assertThat(ready.layers()).hasSize(2);
        }
    }

    @Test
    void keepsLeasesOverARestartAndPrunesTheRest() throws Exception {
        try (var registry = DebianRegistry.start(temporary, false)) {
            registry.push(image, "team/app", "1");
            var source = ImageSource.parse(registry.host() + "/team/app:1");
            try (var images = open(registry.host())) {
                pull(images, source, DockerConfig.empty());
            }

            try (var images = open(registry.host())) {
                assertThat(images.owners()).containsExactly("me");
                assertThat(images.prune(Set.of()).images()).isZero();
                assertThat(images.leased("me", source).layers()).hasSize(2);
                images.release("me");
                assertThat(images.prune(Set.of(source)).images()).isZero();
                assertThat(images.prune(Set.of()).images()).isEqualTo(1);
                refuses(Kind.NOT_FOUND, "leases nothing", () -> images.leased("me", source));
            }
        }
    }

    @Test
    void pullsFromAFile() throws IOException {
        var archive =
                new TarMaker()
                        .file(
                                "manifest.json",
                                "[{\"Config\":\"c\",\"RepoTags\":[\"a:1\"],"
                                        + "\"Layers\":[\"x\",\"y\"]}]")
                        .file("c", image.config())
                        .file("x", image.layers().get(0))
                        .file("y", image.layers().get(1))
                        .done();
        var file = Files.write(temporary.resolve("saved.tgz"), TarMaker.gzip(archive));

        try (var images = open("none.example")) {
            var source = ImageSource.parse("file:" + file + "#a:1");
            assertThat(pull(images, source, DockerConfig.empty()).layers()).hasSize(2);
            assertThat(
                            images.pull(
                                            "me",
                                            source,
                                            PullPolicy.ALWAYS,
                                            DockerConfig.empty(),
                                            Listener.none())
                                    .layers())
                    .hasSize(2);
            assertThat(temporary.resolve("store/ingest")).isEmptyDirectory();
        }
    }

    @Test
    void pullsAnAppcImage() throws IOException {
        var platform = Platform.here();
        var manifest =
                """
                {"acKind": "ImageManifest", "acVersion": "0.8.11", "name": "example.com/worker",
                 "app": {"exec": ["/run"], "user": "0", "group": "0"}}\
                """;
        var archive = new TarMaker().file("manifest", manifest).file("rootfs/run", "#!").done();
        var name =
                "example.com/worker-1.0-%s-%s.aci"
                        .formatted(platform.os(), platform.architecture());
        Files.createDirectory(temporary.resolve("example.com"));
        Files.write(temporary.resolve(name), TarMaker.gzip(archive));
        var source =
                new ImageSource.InAppc(
                        new AppcName("example.com/worker", Map.of("version", "1.0"), null));

        try (var images = open("none.example")) {
            var ready = pull(images, source, DockerConfig.empty());

            assertThat(ready.layers().getFirst().tree().resolve("run")).hasContent("#!");
            assertThat(ready.config().defaults().command()).containsExactly("/run");
            assertThat(temporary.resolve("store/ingest")).isEmptyDirectory();
        }
    }

    @Test
    void mountsAsAnOverlay() throws Exception {
        assumeTrue(IS_ROOT, "SKIPPED: only root may mount");
        var low = new ImageMaker().layer(new TarMaker().file("tmp/old", "").file("low", "").done());
        low.layer(new TarMaker().file(".wh.tmp", "").file("app/run", "#!").done());
        try (var registry = DebianRegistry.start(temporary, false);
                var images = open(registry.host())) {
            registry.push(low, "app", "1");
            var ready =
                    pull(
                            images,
                            ImageSource.parse(registry.host() + "/app:1"),
                            DockerConfig.empty());
            var upper = Files.createDirectory(temporary.resolve("upper"));
            var work = Files.createDirectory(temporary.resolve("work"));
            var merged = Files.createDirectory(temporary.resolve("merged"));
            var options = OverlayLayers.of(ready.layers()).options(upper, work);

            var mount =
                    command("mount", "-t", "overlay", "overlay", "-o", options, merged.toString());
            assumeTrue(mount == 0, "SKIPPED: this kernel or file system mounts no overlay");
            try {
                assertThat(merged.resolve("low")).exists();
                assertThat(merged.resolve("app/run")).hasContent("#!");
                assertThat(merged.resolve("tmp")).doesNotExist();
            } finally {
                assertThat(command("umount", merged.toString())).isZero();
            }
        }
    }

    private static int command(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    private Images open(String host) {
        return Images.open(
                new ImagesSettings(
                        temporary.resolve("store"),
                        RegistrySettings.usual().withPlainHttp(host),
                        IS_ROOT ? UnpackOptions.forRoot() : UnpackOptions.forOthers(),
                        new WaterMarks(100, 100),
                        Platform.here(),
                        2,
                        Duration.ofMinutes(1),
                        temporary + "/"));
    }

    private static ReadyImage pull(Images images, ImageSource source, DockerConfig credentials) {
        return images.pull("me", source, PullPolicy.CACHED, credentials, Listener.none());
    }
}
