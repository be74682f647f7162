package io.meseta.platform.problems;

import java.net.URI;
import java.util.regex.Pattern;

/// A kind of problem: the last word of its type URI, its HTTP status, and a title for people that
/// is the same for every problem of the kind.
public record ProblemType(String name, int status, String title) {

    // First, since the constants below are checked as they are made.
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final String PREFIX = "urn:meseta:problem:";

    public static final ProblemType MALFORMED = new ProblemType("malformed", 400, "Bad request");
    public static final ProblemType UNAUTHENTICATED =
            new ProblemType("unauthenticated", 401, "Unauthorized");
    public static final ProblemType FORBIDDEN = new ProblemType("forbidden", 403, "Forbidden");
    public static final ProblemType NOT_FOUND = new ProblemType("not-found", 404, "Not found");
    public static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType("method-not-allowed", 405, "Method not allowed");
    public static final ProblemType CONFLICT = new ProblemType("conflict", 409, "Conflict");
    public static final ProblemType TOO_LARGE =
            new ProblemType("too-large", 413, "Request body too large");
    public static final ProblemType UNSUPPORTED =
            new ProblemType("unsupported-media-type", 415, "Unsupported media type");
    public static final ProblemType TOO_MANY =
            new ProblemType("too-many-requests", 429, "Too many requests");
    public static final ProblemType INTERNAL =
            new ProblemType("internal", 500, "Internal server error");
    public static final ProblemType UNAVAILABLE =
            new ProblemType("unavailable", 503, "Service unavailable");

    public ProblemType {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("name: " + name);
        if (status < 400 || status > 599) throw new IllegalArgumentException("status: " + status);
        if (title.isBlank()) throw new IllegalArgumentException("a problem has a title");
    }

    /// The URI by which a program tells kinds of problems apart.
    public URI uri() {
        return URI.create(PREFIX + name);
    }
}
