package io.meseta.client;

import java.net.URI;
import java.util.Locale;

/// Where a master or an agent is reached: scheme, host and port, and nothing else.
public record Endpoint(URI base) {

    private static final int PORT_MAX = 65_535;

    public Endpoint {
        if (base.getHost() == null || base.getPort() < 1 || base.getPort() > PORT_MAX) {
            throw new IllegalArgumentException("not an address with host and port");
        }
    }

    /// Reads `http://host:port`, `host:port` or `host`; the port is `portDefault` where none is
    /// given.
    ///
    /// @throws IllegalArgumentException when `text` is no such address, or holds credentials, a
    ///   path or a query. The message does not repeat `text`: it might hold a password.
    public static Endpoint parse(String text, int portDefault) {
        var withScheme = text.contains("://") ? text.strip() : "http://" + text.strip();
        URI uri;
        try {
            uri = URI.create(withScheme);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("not an address: expected http://HOST:PORT");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("an address may not hold credentials");
        }
        var path = uri.getRawPath();
        boolean isBare = path == null || path.isEmpty() || path.equals("/");
        if (!isBare || uri.getRawQuery() != null || uri.getHost() == null) {
            throw new IllegalArgumentException("not an address: expected http://HOST:PORT");
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("only http and https addresses are understood");
        }
        int port = uri.getPort() < 0 ? portDefault : uri.getPort();
        return new Endpoint(URI.create(scheme + "://" + uri.getHost() + ":" + port));
    }

    /// The endpoint of a host and a port, over plain HTTP.
    public static Endpoint of(String host, int port) {
        var bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return new Endpoint(URI.create("http://" + bracketed + ":" + port));
    }

    /// The address of `pathAndQuery` (which starts with a slash) at this endpoint.
    URI at(String pathAndQuery) {
        return URI.create(base + pathAndQuery);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
