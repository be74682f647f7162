package io.meseta.images.rootfs;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.TarMaker;
import io.meseta.images.layers.Layers;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.manifest.RunDefaults;
import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.Platform;
import io.meseta.images.store.StoredLayer;
import io.meseta.isolation.linux.Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RootFileSystemTest {

    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");
    private static final String PASSWD =
            """
            root:x:0:0:root:/root:/bin/sh
            broken
            www:x:33:34:www:/var/www:/bin/sh
            """;
    private static final String GROUP =
            """
            root:x:0:
            www:x:34:
            log:x:50:other,www
            """;

    @TempDir Path temporary;
    private final List<StoredLayer> layers = new ArrayList<>();

    @Test
    void stacksLayersHighestFirst() throws IOException {
        layer(new TarMaker().file("a", ""));
        layer(new TarMaker().file("b", ""));

        var overlay = OverlayLayers.of(layers);

        assertThat(overlay.lowerDirectories())
                .containsExactly(layers.get(1).tree(), layers.get(0).tree());
        assertThat(overlay.options(Path.of("/u:p"), Path.of("/w,k")))
                .startsWith("lowerdir=" + layers.get(1).tree() + ":")
                .endsWith("upperdir=/u\\:p,workdir=/w\\,k");
        assertThat(OverlayLayers.isShortEnough("x".repeat(5000))).isFalse();
    }

    @Test
    void cutsWhatAnOpaqueRootHidesAndWhatIsThereTwice() throws IOException {
        layer(new TarMaker().file("hidden", ""));
        layer(new TarMaker().file(".wh..wh..opq", ""));
        layer(new TarMaker().file("top", ""));
        layers.add(layers.getLast());

        assertThat(OverlayLayers.of(layers).lowerDirectories())
                .containsExactly(layers.get(2).tree(), layers.get(1).tree());
        refuses(Kind.UNSUPPORTED, "without layers", () -> OverlayLayers.of(List.of()));
    }

    @Test
    void copiesWhatAContainerWouldSee() throws IOException {
        layer(
                new TarMaker()
                        .directory("d/")
                        .file("d/gone", "")
                        .file("d/kept", "kept")
                        .file("opaque/old", "")
                        .file("replaced", "old")
                        .file("tree/x", "")
                        .mode(0555)
                        .directory("locked/")
                        .file("n\u00e4me", "latin"));
        layer(
                new TarMaker()
                        .file("d/.wh.gone", "")
                        .file("opaque/.wh..wh..opq", "")
                        .file("opaque/new", "new")
                        .file("replaced", "new")
                        .link("d/same", "replaced")
                        .file("tree", "a file now")
                        .symlink("link", "/d/kept")
                        .file("locked/added", "x")
                        .file("hole", new byte[300_000]));
        var target = Files.createDirectory(temporary.resolve("copy"));

        MergedCopy.into(target, OverlayLayers.of(layers));

        assertThat(target.resolve("d")).isDirectoryNotContaining("glob:**gone");
        assertThat(target.resolve("d/kept")).hasContent("kept");
        assertThat(target.resolve("opaque")).isDirectoryNotContaining("glob:**old");
        assertThat(target.resolve("opaque/new")).hasContent("new");
        assertThat(target.resolve("replaced")).hasContent("new");
        assertThat(Files.getAttribute(target.resolve("d/same"), "unix:ino"))
                .isEqualTo(Files.getAttribute(target.resolve("replaced"), "unix:ino"));
        assertThat(target.resolve("tree")).hasContent("a file now");
        assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("/d/kept"));
        assertThat(target.resolve("locked/added")).hasContent("x");
        assertThat(target.resolve("hole")).hasSize(300_000);
        try (var directory = Directory.open(target)) {
            assertThat(directory.names()).contains("n\u00e4me", "d", "hole").hasSize(8);
            assertThat(directory.status("locked").orElseThrow().permissions()).isEqualTo(0755);
        }
    }

    @Test
    void findsUsersThroughLayers() throws IOException {
        layer(new TarMaker().file("etc/passwd", PASSWD).file("etc/group", GROUP));
        layer(new TarMaker().file("etc/other", ""));

        assertThat(user("")).isEqualTo(new ContainerUser(0, 0, List.of(), "/root"));
        assertThat(user("www")).isEqualTo(new ContainerUser(33, 34, List.of(50), "/var/www"));
        assertThat(user("33")).isEqualTo(new ContainerUser(33, 34, List.of(50), "/var/www"));
        assertThat(user("www:log")).isEqualTo(new ContainerUser(33, 50, List.of(), "/var/www"));
        assertThat(user("1000:7")).isEqualTo(new ContainerUser(1000, 7, List.of(), "/"));
        for (var unknown :
                List.of("nobody", "www:nogroup", "-1", "4294967296", "9999999999", ":x")) {
            refuses(Kind.INVALID, "the image has no", () -> user(unknown));
        }
    }

    @Test
    void seesFilesAsAContainerDoes() throws IOException {
        layer(new TarMaker().file("etc/passwd", PASSWD).file("real/passwd", "www:x:1:1::/:\n"));
        layer(new TarMaker().file("etc/.wh.passwd", ""));
        refuses(Kind.INVALID, "no user", () -> user("www"));

        layer(new TarMaker().symlink("etc/passwd", "../../../real/passwd"));
        assertThat(user("www").user()).isEqualTo(1);

        layer(new TarMaker().file("real/.wh..wh..opq", ""));
        refuses(Kind.INVALID, "no user", () -> user("www"));

        layer(new TarMaker().symlink("etc/passwd", "passwd"));
        refuses(Kind.INVALID, "no user", () -> user("www"));
    }

    @Test
    void readsNothingOfTheHost() throws IOException {
        layer(new TarMaker().symlink("etc", "/etc").symlink("x", "../../../../etc"));

        refuses(Kind.INVALID, "no user", () -> user("daemon"));
    }

    @Test
    void plansTheProcess() throws IOException {
        layer(new TarMaker().file("etc/passwd", PASSWD));
        var defaults =
                new RunDefaults(
                        List.of("A=image", "B=image", "nothing", "=x"),
                        List.of("/entry"),
                        List.of("arg"),
                        "www",
                        "srv/../app/.",
                        List.of("data"),
                        List.of(),
                        "SIGQUIT",
                        Map.of());

        var plan = ProcessPlan.of(image(defaults), CommandWish.none(), Map.of("B", "task"));

        assertThat(plan.arguments()).containsExactly("/entry", "arg");
        assertThat(plan.environment())
                .containsEntry("A", "image")
                .containsEntry("B", "task")
                .containsEntry("HOME", "/var/www")
                .containsKey("PATH")
                .hasSize(4);
        assertThat(plan.workingDirectory()).isEqualTo("/app");
        assertThat(plan.volumes()).containsExactly("/data");
        assertThat(plan.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(plan.user().user()).isEqualTo(33);
    }

    @Test
    void joinsCommandAndImageAsTheTableSays() {
        var none = arguments(List.of(), List.of());
        var onlyC = arguments(List.of(), List.of("c", "d"));
        var onlyE = arguments(List.of("e", "f"), List.of());
        var both = arguments(List.of("e", "f"), List.of("c", "d"));
        var args = List.of("x", "y");

        var nothing = CommandWish.none();
        refuses(Kind.INVALID, "neither", () -> none.of(nothing));
        assertThat(onlyC.of(nothing)).containsExactly("c", "d");
        assertThat(onlyE.of(nothing)).containsExactly("e", "f");
        assertThat(both.of(nothing)).containsExactly("e", "f", "c", "d");
        var onlyArguments = new CommandWish(false, null, args);
        refuses(Kind.INVALID, "neither", () -> none.of(onlyArguments));
        assertThat(onlyC.of(onlyArguments)).containsExactly("c", "x", "y");
        assertThat(onlyE.of(onlyArguments)).containsExactly("e", "f", "x", "y");
        assertThat(both.of(onlyArguments)).containsExactly("e", "f", "x", "y");
        assertThat(both.of(new CommandWish(false, "v", args))).containsExactly("v", "x", "y");
        assertThat(both.of(new CommandWish(true, "v", args))).containsExactly("/bin/sh", "-c", "v");
        refuses(Kind.INVALID, "shell", () -> both.of(new CommandWish(true, null, args)));
    }

    /// An image's part of the table.
    private interface Image {
        List<String> of(CommandWish command);
    }

    private static Image arguments(List<String> entrypoint, List<String> command) {
        var none = RunDefaults.none();
        var defaults =
                new RunDefaults(
                        none.environment(),
                        entrypoint,
                        command,
                        "",
                        "",
                        List.of(),
                        List.of(),
                        null,
                        Map.of());
        return wish -> ProcessPlan.arguments(defaults, wish);
    }

    private ContainerUser user(String text) {
        return Users.of(new LayeredFiles(OverlayLayers.of(layers))).find(text);
    }

    private ReadyImage image(RunDefaults defaults) {
        var config = new ImageConfig(Platform.here(), List.of(), defaults);
        return new ReadyImage("image", Digest.Algorithm.SHA256.of(new byte[0]), config, layers);
    }

    private void layer(TarMaker archive) throws IOException {
        var tree = Files.createDirectory(temporary.resolve("layer" + layers.size()));
        var unpacked =
                Layers.unpack(
                        new ByteArrayInputStream(archive.done()),
                        tree,
                        null,
                        IS_ROOT ? UnpackOptions.forRoot() : UnpackOptions.forOthers());
        var name = Digest.Algorithm.SHA256.of(tree.toString().getBytes(UTF_8));
        layers.add(new StoredLayer(name, tree, 0, unpacked.hidesAllBelow(), true));
    }
}
