package io.meseta.gateway.testing;

import io.meseta.gateway.Gateway;
import io.meseta.platform.start.ServiceStart;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/// The real gateway on a port of its own.
public final class TestGateway implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// Open to everyone on this machine.
    public static TestGateway open(String... more) {
        var args = new ArrayList<>(List.of("--meseta.open=true"));
        args.addAll(List.of(more));
        return start(args);
    }

    public static TestGateway start(List<String> settings) {
        var args = new ArrayList<>(settings);
        args.add("--server.port=0");
        args.add("--meseta.gateway.probe-interval=50ms");
        return new TestGateway(ServiceStart.run(Gateway.class, args.toArray(String[]::new)));
    }

    public int port() {
        return Integer.parseInt(
                context.getBean(Environment.class).getRequiredProperty("local.server.port"));
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
