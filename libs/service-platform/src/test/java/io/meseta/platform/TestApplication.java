package io.meseta.platform;

import io.meseta.platform.access.Access;
import io.meseta.platform.direct.DirectRoute;
import io.meseta.platform.start.ServiceStart;
import io.meseta.platform.streams.StreamOutboxes;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The smallest service there can be: the platform, a few routes, and nothing behind them.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PlatformConfiguration.class)
public class TestApplication {

    /// For tests that need a process.
    public static void main(String[] args) {
        ServiceStart.main(TestApplication.class, args);
    }

    @Bean
    TestController testController(StreamOutboxes outboxes, Access access) {
        return new TestController(outboxes, access);
    }

    @Bean
    DirectRoute schedulers(TestController routes) {
        return new DirectRoute(List.of("/api/v1/scheduler"), "Nothing.", routes::subscribe);
    }

    @Bean
    DirectRoute direct(TestController routes) {
        return new DirectRoute(
                List.of("/master/direct/**", "/api/meseta/v1/direct"), "Nothing.", routes::direct);
    }

    /// Starts it in open mode on a free port; `settings` are as on a command line.
    public static Running start(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("--meseta.open=true");
        // Set twice, a setting is a list.
        if (all.stream().noneMatch(each -> each.startsWith("--server.port="))) {
            all.add("--server.port=0");
        }
        return new Running(ServiceStart.run(TestApplication.class, all.toArray(String[]::new)));
    }

    /// Starts it secure, with these settings.
    public static Running startSecure(List<String> settings) {
        var all = new ArrayList<>(settings);
        all.add("--server.port=0");
        return new Running(ServiceStart.run(TestApplication.class, all.toArray(String[]::new)));
    }

    /// A started service.
    public record Running(ConfigurableApplicationContext context) implements AutoCloseable {

        public int port() {
            var server = ((WebServerApplicationContext) context).getWebServer();
            return server == null ? -1 : server.getPort();
        }

        public TestController routes() {
            return context.getBean(TestController.class);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
