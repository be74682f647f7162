package io.meseta.agent.fetch;

import static io.meseta.agent.fetch.SampleArchives.archive;
import static io.meseta.agent.fetch.SampleArchives.attributed;
import static io.meseta.agent.fetch.SampleArchives.file;
import static io.meseta.agent.fetch.SampleArchives.forAll;
import static io.meseta.agent.fetch.SampleArchives.gzip;
import static io.meseta.agent.fetch.SampleArchives.link;
import static io.meseta.agent.fetch.SampleArchives.tar;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.agent.fetch.SampleArchives.Entry;
import io.meseta.agent.launch.Accounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FetcherIT {

    private static final FetchLimits LIMITS =
            new FetchLimits(1 << 20, 100, Duration.ofMillis(300), Duration.ofSeconds(20));

    @TempDir private Path directory;
    private Path sandbox;
    private HttpServer server;

    @BeforeEach
    void prepare() throws IOException {
        sandbox = Files.createDirectory(directory.resolve("sandbox"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesOverHttpAndFollowsRedirects() throws Exception {
        serve("/real/file.txt", "hello".getBytes(UTF_8));
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", url("/real/file.txt"));
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });

        fetch(item(url("/moved")));
        assertThat(sandbox.resolve("moved")).hasContent("hello");
    }

    @Test
    void namesTheStatusThatAServerGave() {
        assertThatThrownBy(() -> fetch(item(url("/nothing"))))
                .isInstanceOf(FetchFailure.class)
                .hasMessageContaining("Failed to fetch '" + url("/nothing") + "'")
                .hasMessageContaining("404");
    }

    @Test
    void givesUpOnAServerThatStalls() {
        server.createContext(
                "/slow",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                });

        assertThatThrownBy(() -> fetch(item(url("/slow")))).hasMessageContaining("nothing came");
    }

    @Test
    void refusesMoreThanItMayTake() {
        server.createContext(
                "/endless",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (var out = exchange.getResponseBody()) {
                        while (true) out.write(new byte[1 << 16]);
                    } catch (IOException _) {
                        exchange.close();
                    }
                });

        assertThatThrownBy(() -> fetch(item(url("/endless")))).hasMessageContaining("larger than");
    }

    @Test
    void copiesAFileAndMakesItExecutable() throws Exception {
        var file = Files.writeString(directory.resolve("run.sh"), "#!/bin/sh\n");
        fetch(new FetchItem("file://" + file, "bin/go", true, true, false));

        assertThat(sandbox.resolve("bin/go")).hasContent("#!/bin/sh").isExecutable();
    }

    @Test
    void refusesSchemesItDoesNotKnow() {
        for (var uri : List.of("hdfs://n/x", "ftp://n/x", "relative/x", "http://n/", "http:///x")) {
            assertThatThrownBy(() -> fetch(item(uri)))
                    .as(uri)
                    .isInstanceOf(FetchFailure.class)
                    .hasMessageContaining(uri);
        }
    }

    @Test
    void refusesOutputFilesOutsideOfTheSandbox() throws Exception {
        var file = Files.writeString(directory.resolve("a"), "a");
        for (var name : List.of("../a", "/tmp/a", "x/../../a", "stdout", ".", "a\0b")) {
            assertThatThrownBy(
                            () -> fetch(new FetchItem(file.toString(), name, false, false, false)))
                    .as(name)
                    .isInstanceOf(FetchFailure.class);
        }
    }

    @Test
    void takesEveryKindOfArchiveApart() throws Exception {
        for (var suffix : List.of(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip")) {
            var name = "archive" + suffix;
            serve("/" + name, archive(suffix, "in-" + suffix + "/file", "text"));

            fetch(item(url("/" + name)));
            assertThat(sandbox.resolve("in-" + suffix + "/file")).as(suffix).hasContent("text");
            assertThat(sandbox.resolve(name)).exists();
        }
    }

    @Test
    void unpacksASingleCompressedFile() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write("plain".getBytes(UTF_8));
        }
        serve("/data.csv.gz", bytes.toByteArray());

        fetch(item(url("/data.csv.gz")));
        assertThat(sandbox.resolve("data.csv")).hasContent("plain");
    }

    @Test
    void keepsAnArchiveWholeWhenToldTo() throws Exception {
        serve("/a.tar", archive(".tar", "inside", "text"));

        fetch(new FetchItem(url("/a.tar"), "", false, false, false));
        assertThat(sandbox.resolve("inside")).doesNotExist();
    }

    @Test
    void saysThatAnArchiveIsBroken() {
        serve("/bad.tar.gz", "not gzip".getBytes(UTF_8));

        assertThatThrownBy(() -> fetch(item(url("/bad.tar.gz"))))
                .hasMessageContaining("can't extract 'bad.tar.gz'");
    }

    @Test
    void neverWritesOutsideWhateverAnArchiveSays() throws Exception {
        var outside = Files.createDirectory(directory.resolve("outside"));
        for (var name :
                List.of("../outside/evil", "/" + outside + "/evil", "x/../../outside/evil")) {
            serve("/evil.tar", archive(".tar", name, "evil"));
            assertThatThrownBy(() -> fetch(item(url("/evil.tar")))).as(name).isNotNull();
            serve("/evil.zip", archive(".zip", name, "evil"));
            assertThatThrownBy(() -> fetch(item(url("/evil.zip")))).as(name).isNotNull();
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void followsNoLinkThatAnArchivePutInItsOwnWay() throws Exception {
        var outside = Files.createDirectory(directory.resolve("outside"));
        var targets =
                List.of("../outside", outside.toString(), "a/../../outside", "deep/../../outside");
        for (var target : targets) {
            serve("/link.tar", tar(link("door", target), file("door/evil", "evil")));
            assertThatThrownBy(() -> fetch(item(url("/link.tar")))).as(target).isNotNull();
        }
        serve("/inner.tar", tar(link("door", "real"), file("door/evil", "evil")));
        assertThatThrownBy(() -> fetch(item(url("/inner.tar"))))
                .hasMessageContaining("no directory");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void refusesAChainOfLinksThatLeadsOut() {
        serve(
                "/chain.tar",
                tar(link("a/b/c", "../.."), link("e", "a/b/c/../../outside"), file("f", "x")));

        assertThatThrownBy(() -> fetch(item(url("/chain.tar"))))
                .hasMessageContaining("may be outside");
    }

    @Test
    void makesLinksThatStayInside() throws Exception {
        serve("/ok.tar", tar(file("lib/v1", "text"), link("bin/current", "../lib/v1")));

        fetch(item(url("/ok.tar")));
        assertThat(sandbox.resolve("bin/current")).hasContent("text");
    }

    @Test
    void refusesHardLinksToWhatIsNotThere() {
        var entry = new TarArchiveEntry("hard", TarConstants.LF_LINK);
        entry.setLinkName("/etc/passwd");
        serve("/hard.tar", tar(new Entry(entry, "")));

        assertThatThrownBy(() -> fetch(item(url("/hard.tar")))).hasMessageContaining("absolute");
    }

    @Test
    void refusesDevicesAndPipes() {
        var entry = new TarArchiveEntry("pipe", TarConstants.LF_FIFO);
        serve("/fifo.tar", tar(new Entry(entry, "")));

        assertThatThrownBy(() -> fetch(item(url("/fifo.tar")))).hasMessageContaining("a pipe");
    }

    @Test
    void givesNoFileAnotherUsersRights() throws Exception {
        var file = file("suid", "x");
        file.entry().setMode(0104755);
        serve("/suid.tar", tar(file));

        fetch(item(url("/suid.tar")));
        int mode =
                (Integer)
                        Files.getAttribute(
                                sandbox.resolve("suid"), "unix:mode", LinkOption.NOFOLLOW_LINKS);
        assertThat(mode & 07777).isEqualTo(0755);
    }

    @Test
    void refusesAnArchiveThatGrowsTooLargeOrTooLong() {
        serve("/bomb.tar.gz", archive(".tar.gz", "zeros", "\0".repeat(2 << 20)));
        assertThatThrownBy(() -> fetch(item(url("/bomb.tar.gz"))))
                .hasMessageContaining("larger than");

        var entries = new Entry[101];
        for (int i = 0; i < entries.length; i++) entries[i] = file("f" + i, "");
        serve("/many.tar", tar(entries));
        assertThatThrownBy(() -> fetch(item(url("/many.tar")))).hasMessageContaining("entries");
    }

    /// A reader holds them in memory, whatever the bound on files is.
    @Test
    void refusesAnArchiveWhoseNamesOrAttributesAreTooLarge() throws Exception {
        var name = new TarArchiveEntry("name", TarConstants.LF_GNUTYPE_LONGNAME);
        name.setSize(2 << 20);
        serve("/name.tar.gz", gzip(tar(new Entry(name, "n".repeat(2 << 20)), file("f", ""))));
        assertThatThrownBy(() -> fetch(item(url("/name.tar.gz"))))
                .hasStackTraceContaining("bytes of names and attributes");

        serve("/pax.tar.gz", gzip(attributed("user.a", "v".repeat(2 << 20))));
        assertThatThrownBy(() -> fetch(item(url("/pax.tar.gz"))))
                .hasStackTraceContaining("bytes of names and attributes");
    }

    @Test
    void refusesAnArchiveWhoseAttributesForAllEntriesPileUp() throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++)
            bytes.write(forAll(attributed("user.a" + i, "v".repeat(400_000))));
        bytes.write(tar(file("last", "")));
        serve("/global.tar.gz", gzip(bytes.toByteArray()));

        assertThatThrownBy(() -> fetch(item(url("/global.tar.gz"))))
                .hasStackTraceContaining("bytes of names and attributes");
    }

    @Test
    void refusesAZipWhoseDirectoryIsTooLarge() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            for (int i = 0; i < 140; i++) {
                zip.putArchiveEntry(new ZipArchiveEntry("n".repeat(64_000) + i));
                zip.closeArchiveEntry();
            }
        }
        var file = Files.write(directory.resolve("large.zip"), bytes.toByteArray());

        assertThatThrownBy(
                        () -> Archives.extract(file, "large.zip", inSandbox(), new Budget(LIMITS)))
                .hasMessageContaining("directory is larger");
    }

    private SafeDirectory inSandbox() {
        return new SafeDirectory(sandbox, List.of());
    }

    @Test
    void readsLocalFilesWithTheRightsOfTheTasksUser() throws Exception {
        var accounts = new Accounts();
        var nobody = accounts.find("nobody");
        assumeTrue(accounts.isRoot() && nobody.isPresent(), "needs root and the user nobody");

        assertThatThrownBy(() -> fetch(List.of(item("/etc/shadow")), nobody))
                .hasMessageContaining("nobody may not read it");
        fetch(List.of(item("/etc/passwd")), nobody);
        assertThat(sandbox.resolve("passwd")).isNotEmptyFile();
    }

    private void fetch(FetchItem item) throws InterruptedException {
        fetch(List.of(item), Optional.empty());
    }

    private void fetch(List<FetchItem> items, Optional<io.meseta.agent.launch.Account> reader)
            throws InterruptedException {
        new Fetcher(new FetchSettings(LIMITS, directory.resolve("fetched"), 0, ""))
                .fetch(items, sandbox, List.of("stdout", "stderr"), reader);
    }

    private static FetchItem item(String uri) {
        return new FetchItem(uri, "", true, false, false);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void serve(String path, byte[] body) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException _) {
            // Served for the first time.
        }
        server.createContext(path, exchange -> answer(exchange, body));
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
