package io.meseta.gateway.forwarding;

import java.net.URI;

/// Who answers, as far as a connection must know.
public record Upstream(String host, int port, Protocol protocol) {

    private static final int HTTP_PORT = 80;
    private static final int PORT_MAX = 65_535;

    /// What is spoken on the connection.
    public enum Protocol {
        HTTP1,
        /// HTTP/2 without TLS, with prior knowledge.
        HTTP2
    }

    public Upstream {
        if (host.isBlank()) throw new IllegalArgumentException("an upstream has a host");
        if (port <= 0 || port > PORT_MAX) throw new IllegalArgumentException("port: " + port);
    }

    public static Upstream http(String host, int port) {
        return new Upstream(host, port, Protocol.HTTP1);
    }

    /// @param address as `http://host:port`, or `//host:port`
    public static Upstream of(URI address) {
        var host = address.getHost();
        if (host == null) throw new IllegalArgumentException("no address: " + address);
        if (address.getScheme() != null && !address.getScheme().equals("http")) {
            throw new IllegalArgumentException("only http is spoken: " + address);
        }
        // A URI keeps the brackets of an IPv6 address, which belong to the text only.
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return http(bare, address.getPort() < 0 ? HTTP_PORT : address.getPort());
    }

    /// As in a Host header.
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return authority();
    }
}
