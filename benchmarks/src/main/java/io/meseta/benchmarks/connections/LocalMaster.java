package io.meseta.benchmarks.connections;

import io.meseta.master.MasterService;
import io.meseta.testkit.database.KillableDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.LocalConnector;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The master in this process, on a PostgreSQL of its own, with a way in that takes no descriptor.
final class LocalMaster implements AutoCloseable {

    /// Longer than any pause between two heartbeats of the master.
    private static final Duration IDLE_MAX = Duration.ofMinutes(30);

    private static final Duration LEAD_MAX = Duration.ofMinutes(1);
    private static final String FIGURES =
            "GET /metrics/snapshot HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final KillableDatabase database;
    private final ConfigurableApplicationContext context;
    private final LocalConnector connector;

    private LocalMaster(
            KillableDatabase database,
            ConfigurableApplicationContext context,
            LocalConnector connector) {
        this.database = database;
        this.context = context;
        this.connector = connector;
    }

    /// Starts both and waits until it leads.
    ///
    /// @param settings the master's, `--key=value`
    static LocalMaster start(List<String> settings) throws Exception {
        var database = KillableDatabase.start();
        try {
            var all = new ArrayList<>(settings);
            all.add("--meseta.open=true");
            all.add("--server.port=0");
            all.add("--logging.level.root=warn");
            all.add("--spring.datasource.url=" + database.database().jdbcUrl());
            var context =
                    new SpringApplicationBuilder(MasterService.class)
                            .run(all.toArray(String[]::new));
            var connector = connector(context);
            awaitLead(connector);
            return new LocalMaster(database, context, connector);
        } catch (Exception failed) {
            database.close();
            throw failed;
        }
    }

    private static LocalConnector connector(ConfigurableApplicationContext context)
            throws Exception {
        if (!(context instanceof WebServerApplicationContext web)
                || !(web.getWebServer() instanceof JettyWebServer jetty))
            throw new IllegalStateException("there is no server of Jetty's");
        var connector = new LocalConnector(jetty.getServer());
        connector.setIdleTimeout(IDLE_MAX.toMillis());
        jetty.getServer().addConnector(connector);
        connector.start();
        return connector;
    }

    private static void awaitLead(LocalConnector connector) throws Exception {
        long deadline = System.nanoTime() + LEAD_MAX.toNanos();
        while (!connector.getResponse(FIGURES).contains("\"master/elected\":1.0")) {
            if (System.nanoTime() > deadline) throw new TimeoutException("it does not lead");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    LocalConnector connector() {
        return connector;
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
