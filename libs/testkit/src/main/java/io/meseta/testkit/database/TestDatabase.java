package io.meseta.testkit.database;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// An empty database of its own on the server that all tests of this JVM share.
///
/// The shared server does not wait for its disk: what is tested against it is behaviour, not
/// survival. For survival see [KillableDatabase]. Databases go with the server at JVM exit; a test
/// that makes very many may [#drop] them.
public record TestDatabase(String host, int port, String name) {

    /// The superuser of every server here; connections need no password.
    public static final String USER = "postgres";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /// A new, empty database.
    public static TestDatabase fresh() {
        var server = SharedServer.INSTANCE;
        var fresh =
                new TestDatabase(server.host(), server.port(), "test_" + COUNT.incrementAndGet());
        server.maintenance().run("CREATE DATABASE " + fresh.name());
        return fresh;
    }

    /// Includes the user, so that it is all a client needs.
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host, port, name, USER);
    }

    /// A source without a pool: each connection is a new one.
    public DataSource dataSource() {
        return new UrlSource(jdbcUrl());
    }

    /// Runs one statement, for tests that need no more than that.
    public void run(String sql) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("failed: " + sql, failure);
        }
    }

    /// The first column of the first row as text; absent rows and NULL are a failure.
    public String text(String query) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            if (!rows.next()) throw new IllegalStateException("no row: " + query);
            @Nullable String text = rows.getString(1);
            if (text == null) throw new IllegalStateException("NULL: " + query);
            return text;
        } catch (SQLException failure) {
            throw new IllegalStateException("failed: " + query, failure);
        }
    }

    /// Drops the database, connections or not.
    public void drop() {
        new TestDatabase(host, port, "postgres").run("DROP DATABASE " + name + " WITH (FORCE)");
    }

    /// Initialized when first touched, and once: the holder idiom.
    private static final class SharedServer {
        static final PostgresServer INSTANCE = PostgresServer.start(PostgresServer.Disk.CARELESS);
    }
}
