package io.meseta.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// One proxy, and what is asked of it.
record Target(String name, int port, String request) {

    /// Reads `name=port/path`.
    static Target of(String text, String header) {
        int equals = text.indexOf('=');
        int slash = text.indexOf('/', equals);
        var path = slash < 0 ? "/" : text.substring(slash);
        int port = Integer.parseInt(text.substring(equals + 1, slash < 0 ? text.length() : slash));
        var request =
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n\r\n".formatted(path, port, header);
        return new Target(text.substring(0, equals), port, request);
    }

    byte[] bytes() {
        return request.getBytes(US_ASCII);
    }
}
