package io.meseta.master.about;

import io.meseta.platform.open.OpenModeProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Finds out who this master is.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AboutProperties.class)
public class AboutConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AboutConfiguration.class);

    /// The port that the server has been given.
    static final class ListeningPort implements ApplicationListener<WebServerInitializedEvent> {

        private final AtomicInteger port = new AtomicInteger();

        @Override
        public void onApplicationEvent(WebServerInitializedEvent event) {
            port.compareAndSet(0, event.getWebServer().getPort());
        }
    }

    @Bean
    ListeningPort listeningPort() {
        return new ListeningPort();
    }

    @Bean
    Self self(
            AboutProperties properties,
            ListeningPort listening,
            OpenModeProperties mode,
            Environment settings) {
        int fixed = properties.port();
        var flags = flags(properties, mode.open());
        // What another room is told, shown by the name that Mesos has for it.
        var takesRoot = settings.getProperty("meseta.master.frameworks.root-submissions", "true");
        flags.put("root_submissions", takesRoot);
        return new Self(
                properties.host(),
                resolve(properties.host()),
                () -> fixed == 0 ? listening.port.get() : fixed,
                Optional.ofNullable(properties.cluster()),
                properties.faultDomain(),
                Instant.now(),
                flags);
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            LOG.atWarn()
                    .addKeyValue("host", host)
                    .log("The advertised host does not resolve; clients are told the loopback");
            return InetAddress.getLoopbackAddress();
        }
    }

    /// Settings that mean here what they mean in Mesos, so that tools which look for them are not
    /// misled; those of things that we do in another way are left out.
    static SortedMap<String, String> flags(AboutProperties properties, boolean isOpen) {
        var isAuthenticating = Boolean.toString(!isOpen);
        var flags = new TreeMap<String, String>();
        flags.put("agent_ping_timeout", "15secs");
        flags.put("agent_reregister_timeout", "10mins");
        flags.put("authenticate_agents", isAuthenticating);
        flags.put("authenticate_frameworks", isAuthenticating);
        flags.put("authenticate_http_frameworks", isAuthenticating);
        flags.put("authenticate_http_readonly", isAuthenticating);
        flags.put("authenticate_http_readwrite", isAuthenticating);
        if (!properties.domain().isEmpty()) flags.put("domain", properties.domain());
        flags.put("filter_gpu_resources", "true");
        flags.put("framework_sorter", "drf");
        flags.put("hostname", properties.host());
        flags.put("max_agent_ping_timeouts", "5");
        flags.put("max_completed_frameworks", "50");
        flags.put("max_completed_tasks_per_framework", "1000");
        flags.put("require_agent_domain", Boolean.toString(properties.requireAgentDomain()));
        flags.put("role_sorter", "drf");
        flags.put("root_submissions", "true");
        if (properties.port() != 0) flags.put("port", Integer.toString(properties.port()));
        var cluster = properties.cluster();
        if (cluster != null) flags.put("cluster", cluster);
        return flags;
    }
}
