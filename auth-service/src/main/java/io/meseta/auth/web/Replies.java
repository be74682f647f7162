package io.meseta.auth.web;

import io.meseta.auth.changes.Expected;
import io.meseta.auth.changes.Page;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/// How resources answer, and how their versions are said.
public final class Replies {

    /// Below which all resources lie.
    public static final String ROOT = "/auth/v1/";

    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    private Replies() {}

    /// The thing as it is.
    public static <T> ResponseEntity<T> ok(long version, T body) {
        return ResponseEntity.ok().eTag(tag(version)).body(body);
    }

    static <T> ResponseEntity<T> created(String resource, long version, T body) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(location(resource))
                .eTag(tag(version))
                .body(body);
    }

    /// Whoever gets a secret shall not find it in a cache.
    public static <T> ResponseEntity<T> secret(HttpStatus status, T body) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .body(body);
    }

    private static URI location(String resource) {
        return UriComponentsBuilder.fromPath(ROOT + resource).build().encode().toUri();
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    /// What a request that replaces a thing says it replaces; it must.
    public static Expected required(@Nullable String ifMatch) {
        if (ifMatch == null) throw new Refused(new Refusal.Unguarded());
        return optional(ifMatch);
    }

    /// The same where it may be left out.
    public static Expected optional(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) return Expected.ANY;
        var tag = ETAG.matcher(ifMatch.strip());
        if (!tag.matches()) throw Refused.invalid("If-Match: one ETag as it was given, or *.");
        return Expected.of(Long.parseLong(tag.group(1)));
    }

    /// How many to show on a page.
    public static int limit(int asked) {
        if (asked >= 1 && asked <= Page.SIZE_MAX) return asked;
        throw Refused.invalid("limit: from 1 to %d.".formatted(Page.SIZE_MAX));
    }

    /// What a body must say.
    public static <T> T needed(@Nullable T value, String name) {
        if (value == null) throw Refused.invalid(name + ": is missing.");
        return value;
    }

    /// What a body may say.
    public static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
