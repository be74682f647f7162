package io.meseta.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths are clear, or nobody goes there.
final class CallPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "*",
                "http://other/admin",
                "//admin",
                "/public//admin",
                "/public///",
                "/./admin",
                "/public/../admin",
                "/public/..",
                "/.",
                "/..",
                "/...",
                "/public/%2e%2e/admin",
                "/public/%2E./admin",
                "/public/.%2e/admin",
                "/public/%2e/admin",
                "/public/..%20/admin",
                "/public/%20../admin",
                "/public%2fadmin",
                "/public%2Fadmin",
                "/public/..%2fadmin",
                "/public%5cadmin",
                "/public\\admin",
                "/public\\..\\admin",
                "/public/%252e%252e/admin",
                "/public%252fadmin",
                "/public%25%32%66admin",
                "/public/%c0%ae%c0%ae/admin",
                "/public%c0%afadmin",
                "/public%e0%80%afadmin",
                "/public/%ef%bc%8e%ef%bc%8e/admin",
                "/public%ef%bc%8fadmin"
            })
    void refusesOtherWaysUpAndDown(String raw) {
        assertIsRefused(raw);
    }

    private static void assertIsRefused(String raw) {
        assertThat(CallPath.of(raw)).isInstanceOf(CallPath.Unclear.class);
        assertThat(Call.of("GET", raw).problem()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin;x",
                "/admin;jsessionid=1/secret",
                "/public/..;/admin",
                "/admin%00",
                "/admin%00.html",
                "/admin%0a",
                "/admin%0d%0aX:1",
                "/admin%7f",
                "/admin%c2%85",
                "/admin?x=1",
                "/admin#x",
                "/admin x",
                "/admin\t",
                "/admin\n",
                "/admin%",
                "/admin%2",
                "/admin%zz",
                "/admin%u002e",
                "/admin%-1",
                "/admin%+1",
                "/ädmin",
                "/admin\u0000",
                "/admin%ff",
                "/admin%ed%a0%80",
                "/admin%d9%a1%%d9%a1",
                "/a[b]",
                "/a|b",
                "/a\"b",
                "/<a>",
                "/a^b",
                "/a`b",
                "/{a}"
            })
    void refusesWhatServersReadDifferently(String raw) {
        assertIsRefused(raw);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/admin, /admin",
        "/admin/, /admin/",
        "/%61dmin, /admin",
        "/%41dmin, /Admin",
        "/adm%69n/x, /admin/x",
        "/a%20b, /a%20b",
        "/caf%c3%a9, /caf%C3%A9",
        "/a:b@c, /a:b@c",
        "/a%3Bb, /a%3Bb",
        "/a..b, /a..b",
        "/.well-known/x, /.well-known/x",
        "/100%25, /100%25",
        "/a+b, /a+b",
        "/a%3fb, /a%3Fb"
    })
    void knowsOneSpellingForEachClearPath(String raw, String encoded) {
        var path = CallPath.of(raw);

        assertThat(path).isInstanceOf(CallPath.Clear.class);
        assertThat(path).hasToString(encoded);
        assertThat(CallPath.of(encoded)).isEqualTo(path);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(CallPath.of("/" + "a".repeat(CallPath.LENGTH_MAX)))
                .isInstanceOf(CallPath.Unclear.class);
        assertThat(CallPath.of("/a".repeat(CallPath.SEGMENTS_MAX + 1)))
                .isInstanceOf(CallPath.Unclear.class);
        assertThat(CallPath.of("/a".repeat(CallPath.SEGMENTS_MAX)))
                .isInstanceOf(CallPath.Clear.class);
    }

    @Test
    void readsItsOwnSpellingAsTheSamePath() {
        var letters = List.of("a", "/", "%", "2", "e", "f", ".", ";", "\\", "é", "%2e", "%c3", " ");
        Seeds.run(
                3_000,
                random -> {
                    var raw = new StringBuilder("/");
                    int length = random.nextInt(12);
                    for (int i = 0; i < length; i++)
                        raw.append(letters.get(random.nextInt(letters.size())));

                    if (!(CallPath.of(raw.toString()) instanceof CallPath.Clear path)) return;

                    assertThat(CallPath.of(path.encoded())).isEqualTo(path);
                    assertThat(path.segments())
                            .noneMatch(each -> each.contains("/") || each.equals(".."));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GE T", "GET\r\n", "POſT", "1GET", "GET/"})
    void refusesWhatIsNoMethod(String method) {
        assertThat(Call.of(method, "/").problem()).isPresent();
    }

    @Test
    void takesMethodsAndHeadersWhateverTheirCase() {
        var call = Call.of("delete", "/", java.util.Map.of("X-Team", List.of("a")));

        assertThat(call.method()).isEqualTo("DELETE");
        assertThat(call.headers()).containsKey("x-team");
    }
}
