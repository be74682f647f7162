package io.meseta.master.testing;

import io.meseta.master.about.AboutConfiguration;
import io.meseta.master.agents.AgentsConfiguration;
import io.meseta.master.doors.DoorsConfiguration;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.RoundTiming;
import io.meseta.master.events.Broadcast;
import io.meseta.master.events.EventsConfiguration;
import io.meseta.master.explain.ExplainConfiguration;
import io.meseta.master.frameworks.FrameworksConfiguration;
import io.meseta.master.history.HistoryConfiguration;
import io.meseta.master.levels.LevelsConfiguration;
import io.meseta.master.links.LinksConfiguration;
import io.meseta.master.maintenance.MaintenanceConfiguration;
import io.meseta.master.metrics.MetricsConfiguration;
import io.meseta.master.operators.OperatorsConfiguration;
import io.meseta.master.past.PastConfiguration;
import io.meseta.master.records.RecordsConfiguration;
import io.meseta.master.rendering.RenderingConfiguration;
import io.meseta.master.resources.ResourcesConfiguration;
import io.meseta.master.rights.RightsConfiguration;
import io.meseta.master.roles.RolesConfiguration;
import io.meseta.master.self.SelfConfiguration;
import io.meseta.master.sharing.SharingConfiguration;
import io.meseta.master.state.StateConfiguration;
import io.meseta.master.tasks.TasksConfiguration;
import io.meseta.platform.PlatformConfiguration;
import io.meseta.testkit.http.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
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
import org.springframework.context.support.GenericApplicationContext;

/// All rooms with endpoints on a real server, led by a test.
public final class TestMaster implements AutoCloseable {

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
        RightsConfiguration.class,
        RolesConfiguration.class,
        StateConfiguration.class,
        MetricsConfiguration.class,
        MaintenanceConfiguration.class,
        TasksConfiguration.class,
        SharingConfiguration.class,
        ExplainConfiguration.class,
        RenderingConfiguration.class,
        RecordsConfiguration.class,
        ResourcesConfiguration.class,
        EventsConfiguration.class,
        SelfConfiguration.class,
        HistoryConfiguration.class,
        LevelsConfiguration.class,
        PastConfiguration.class
    })
    static class Rooms {

        @Bean(destroyMethod = "endReign")
        TestLeadership leadership(ObjectProvider<EffectRunner> effects, RoundTiming timing) {
            return new TestLeadership(effects::getObject, timing);
        }

        @Bean
        Journal journal(TestLeadership leadership) {
            return leadership.journal();
        }
    }

    private TestMaster(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// A master that leads.
    ///
    /// @param settings such as `meseta.master.links.heartbeat-interval=100ms`
    public static TestMaster start(String... settings) {
        return start(List.of("--meseta.open=true"), settings);
    }

    /// A master that leads and knows its callers.
    ///
    /// @param auth the arguments that say by what
    public static TestMaster startSecure(List<String> auth, String... settings) {
        return start(auth, settings);
    }

    /// A master that leads and writes its history into this database; its journal stays in memory.
    public static TestMaster startWithHistory(
            DataSource history, List<String> auth, String... settings) {
        return start(Optional.of(history), auth, settings);
    }

    private static TestMaster start(List<String> first, String... settings) {
        return start(Optional.empty(), first, settings);
    }

    private static TestMaster start(
            Optional<DataSource> history, List<String> first, String... settings) {
        var arguments = new ArrayList<>(first);
        arguments.addAll(
                List.of(
                        "--server.port=0",
                        "--management.endpoint.health.validate-group-membership=false",
                        "--logging.level.root=warn"));
        for (var setting : settings) arguments.add("--" + setting);
        var master =
                new TestMaster(
                        new SpringApplicationBuilder(Rooms.class)
                                .initializers(context -> register(context, history))
                                .run(arguments.toArray(String[]::new)));
        master.leadership().lead();
        return master;
    }

    private static void register(
            ConfigurableApplicationContext context, Optional<DataSource> history) {
        if (history.isPresent() && context instanceof GenericApplicationContext generic)
            generic.registerBean("history", DataSource.class, history::get);
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public TestLeadership leadership() {
        return context.getBean(TestLeadership.class);
    }

    /// How many streams of a broadcast are open.
    public int openStreams(String broadcast) {
        return context.getBean(broadcast, Broadcast.class).size();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public RawHttp http() {
        return new RawHttp(port());
    }

    @Override
    public void close() {
        context.close();
    }
}
