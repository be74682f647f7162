package io.meseta.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;

/// How one sees that a child is ready for work.
sealed interface Probe {

    Duration TIMEOUT = Duration.ofSeconds(2);

    boolean isReady();

    /// Where the child answers, for people.
    String url();

    /// A service's readiness route answers 200.
    record HttpProbe(URI base) implements Probe {

        private static final HttpClient CLIENT =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

        @Override
        public boolean isReady() {
            var route = base.resolve("/actuator/health/readiness");
            var request = HttpRequest.newBuilder(route).timeout(TIMEOUT).build();
            try {
                return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException _) {
                return false;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public String url() {
            return base.toString();
        }
    }

    /// A database lets us in.
    record DatabaseProbe(Database database) implements Probe {

        @Override
        public boolean isReady() {
            try (var connection = database.connect()) {
                return connection.isValid((int) TIMEOUT.toSeconds());
            } catch (SQLException _) {
                return false;
            }
        }

        @Override
        public String url() {
            return database.shown();
        }
    }
}
