package io.meseta.launcher;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// A PostgreSQL database and who we are there.
///
/// @param url as JDBC knows it, without credentials
record Database(String url, String user, String password) {

    private static final String JDBC = "jdbc:";
    private static final String LIMIT_S = "5";

    /// Reads `jdbc:postgresql://…` or `postgresql://…`, with credentials as `user:password@` or as
    /// the parameters `user` and `password`.
    static Database parse(String text) {
        var plain = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        URI uri;
        try {
            uri = URI.create(plain.strip());
        } catch (IllegalArgumentException _) {
            throw malformed();
        }
        boolean isPostgres =
                "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!isPostgres || uri.getHost() == null || uri.getPath().length() < 2) {
            throw malformed();
        }
        var user = "";
        var password = "";
        if (uri.getRawUserInfo() != null) {
            var parts = uri.getRawUserInfo().split(":", 2);
            user = decoded(parts[0]);
            password = parts.length == 2 ? decoded(parts[1]) : "";
        }
        var rest = new StringBuilder();
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (var parameter : query.split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                rest.append(rest.isEmpty() ? '?' : '&').append(parameter);
            }
        }
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var url = JDBC + "postgresql://" + uri.getHost() + port + uri.getRawPath() + rest;
        return new Database(url, user, password);
    }

    /// For a service's environment: a command line can be read by everybody on the machine.
    Map<String, String> environment() {
        return Map.of(
                "SPRING_DATASOURCE_URL", url,
                "SPRING_DATASOURCE_USERNAME", user,
                "SPRING_DATASOURCE_PASSWORD", password);
    }

    /// The same database, in a schema of its own.
    Database inSchema(String name) {
        return new Database(
                url + (url.contains("?") ? "&" : "?") + "currentSchema=" + name, user, password);
    }

    Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", LIMIT_S);
        properties.setProperty("socketTimeout", LIMIT_S);
        return DriverManager.getConnection(url, properties);
    }

    /// The address for people, without parameters: those may hold secrets of their own.
    String shown() {
        int parameters = url.indexOf('?');
        return (parameters < 0 ? url : url.substring(0, parameters)).substring(JDBC.length());
    }

    @Override
    public String toString() {
        return shown();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// It does not repeat what it was given, which may hold a password.
    private static Trouble malformed() {
        return new Trouble.Usage(
                "the database's address must look like postgresql://USER:PASSWORD@HOST:PORT/NAME");
    }
}
