package io.meseta.benchmarks.readers;

import io.meseta.master.about.AboutConfiguration;
import io.meseta.master.agents.AgentsConfiguration;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.doors.DoorsConfiguration;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Moments;
import io.meseta.master.events.EventsConfiguration;
import io.meseta.master.frameworks.FrameworksConfiguration;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.LinksConfiguration;
import io.meseta.master.metrics.MetricsConfiguration;
import io.meseta.master.operators.OperatorsConfiguration;
import io.meseta.master.rendering.RenderingConfiguration;
import io.meseta.master.rights.RightsConfiguration;
import io.meseta.master.state.StateConfiguration;
import io.meseta.model.MasterId;
import io.meseta.platform.PlatformConfiguration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// A master's rooms on a real server, with a journal in memory: what is measured is not the disk.
final class BenchmarkMaster implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    /// The rooms, without the database.
    @SpringBootConfiguration
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                FlywayAutoConfiguration.class
            })
    @Import({
        PlatformConfiguration.class,
        AboutConfiguration.class,
        DoorsConfiguration.class,
        LinksConfiguration.class,
        FrameworksConfiguration.class,
        AgentsConfiguration.class,
        OperatorsConfiguration.class,
        StateConfiguration.class,
        MetricsConfiguration.class,
        RightsConfiguration.class,
        RenderingConfiguration.class,
        EventsConfiguration.class
    })
    static class Rooms {

        @Bean
        Leading leadership(ObjectProvider<EffectRunner> effects) {
            return new Leading(effects);
        }
    }

    /// Leads from when it is told to.
    static final class Leading implements Leadership {

        @Override
        public void onChange(Runnable told) {}

        private final ObjectProvider<EffectRunner> effects;
        private final AtomicLong seeds = new AtomicLong();
        private volatile Role role = new Role.Leaderless();

        Leading(ObjectProvider<EffectRunner> effects) {
            this.effects = effects;
        }

        void lead(Journal journal) {
            var epoch = new Epoch(journal.head().epoch().number() + 1);
            var master = new MasterId("benchmark");
            Moments moments = () -> new Moment(Instant.now(), seeds.incrementAndGet());
            var lead = new Command.Lead(epoch, master, Terms.DEFAULT);
            var committer = Committer.takeOver(journal, lead, moments.next());
            var writer =
                    new ClusterWriter(committer, moments, () -> true, effects.getObject(), _ -> {});
            writer.start();
            role = new Role.Leading(epoch, master, Instant.now(), writer);
        }

        @Override
        public Role role() {
            return role;
        }

        @Override
        public void epochBehind(Epoch seen) {
            throw new IllegalStateException("no agent here has seen another master");
        }
    }

    BenchmarkMaster(Journal journal) {
        context =
                new SpringApplicationBuilder(Rooms.class)
                        .run(
                                "--meseta.open=true",
                                "--server.port=0",
                                "--management.endpoint.health.validate-group-membership=false",
                                "--logging.level.root=warn");
        context.getBean(Leading.class).lead(journal);
    }

    int port() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) throw new IllegalStateException("there is no server");
        return server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
