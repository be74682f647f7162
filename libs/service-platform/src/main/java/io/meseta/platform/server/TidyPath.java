package io.meseta.platform.server;

import java.util.regex.Pattern;

/// The path of a request without repeated slashes and without one at its end.
public final class TidyPath {

    private static final Pattern REPEATED = Pattern.compile("/{2,}");

    private TidyPath() {}

    public static String of(String path) {
        // Nearly all are.
        if (!path.contains("//") && !path.endsWith("/")) return path;
        var single = REPEATED.matcher(path).replaceAll("/");
        var endsInSlash = single.length() > 1 && single.endsWith("/");
        return endsInSlash ? single.substring(0, single.length() - 1) : single;
    }
}
