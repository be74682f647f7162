package io.meseta.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs the console's own tests with everybody else's, and looks at what is in the jar.
final class ConsoleTest {

    private static final Path MODULE = RepositoryRoot.module();
    private static final Path BUILT = MODULE.resolve("target/classes/META-INF/resources/console");

    /// What a browser would fetch, written as it stands in HTML.
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    @BeforeAll
    static void isBuilt() {
        assumeFalse(Boolean.getBoolean("console.skip"), "-Dconsole.skip");
        assertThat(BUILT.resolve("index.html")).exists();
    }

    @Test
    void isTypedAndFormatted() throws Exception {
        new NpmScript(MODULE, "check").run(Duration.ofMinutes(2));
        new NpmScript(MODULE, "lint").run(Duration.ofMinutes(2));
    }

    @Test
    void passesItsUnitTests() throws Exception {
        new NpmScript(MODULE, "test").run(Duration.ofMinutes(2));
    }

    @Test
    void passesItsStoriesInABrowser() throws Exception {
        var told = new NpmScript(MODULE, "test:browser").run(Duration.ofMinutes(5));
        assumeFalse(
                told.contains("no Chromium on the PATH"),
                "no Chromium on the PATH: install one, or name it in CONSOLE_CHROMIUM");
    }

    @Test
    void namesItsFilesByTheirContentAndRelatively() throws IOException {
        var page = Files.readString(BUILT.resolve("index.html"));
        var addresses = ADDRESS.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(addresses)
                .isNotEmpty()
                .allMatch(each -> each.matches("\\./assets/[\\w-]+-[\\w-]{8}\\.(js|css|svg)"))
                .allMatch(each -> Files.exists(BUILT.resolve(each)));
    }

    @Test
    void hasNeitherScriptsNorStylesInItsPage() throws IOException {
        var page = Files.readString(BUILT.resolve("index.html"));
        assertThat(page).doesNotContain("<style").doesNotContain("style=").doesNotContain("<base");
        assertThat(page).doesNotContainPattern("<script(?![^>]* src=)").doesNotContain(" onload=");
    }

    @Test
    void hasNoMapsAndNoAddressesOfElsewhereInItsStyles() throws IOException {
        assumeTrue(Files.isDirectory(BUILT.resolve("assets")));
        try (var files = Files.list(BUILT.resolve("assets"))) {
            var all = files.collect(Collectors.toList());
            assertThat(all).noneMatch(file -> file.toString().endsWith(".map"));
            for (var file : all) {
                if (!file.toString().endsWith(".css")) continue;
                assertThat(Files.readString(file))
                        .doesNotContainPattern("url\\(['\"]?(https?:)?//");
            }
        }
    }

    @Test
    void namesNoRegistryInItsLockFile() throws IOException {
        var lock = Files.readString(MODULE.resolve("package-lock.json"));
        assertThat(lock).doesNotContain("\"resolved\"").doesNotContain("registry");
    }
}
