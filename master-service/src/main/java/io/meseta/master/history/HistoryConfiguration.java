package io.meseta.master.history;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.engine.Journal;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.views.Viewers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The history: whoever fills it, and its pages.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
public class HistoryConfiguration {

    /// Leadership is asked for when it is needed and not before: it can't be made without those who
    /// see what is committed.
    @Bean(destroyMethod = "close")
    Projection historyProjection(
            ObjectProvider<Journal> journal,
            ObjectProvider<DataSource> pool,
            ObjectProvider<Leadership> leadership,
            HistoryProperties properties,
            MeterRegistry meters) {
        var projection =
                new Projection(
                        journal::getObject,
                        new HistoryWriting(pool::getObject),
                        () -> newest(leadership.getObject()),
                        properties.retention(),
                        InstantSource.system());
        Gauge.builder("meseta.history.lag", projection, Projection::behind)
                .description("Entries of the journal that the history has not taken in")
                .register(meters);
        // Where there is no database, nothing is remembered.
        if (pool.getIfAvailable() != null) projection.start();
        return projection;
    }

    private static OptionalLong newest(Leadership leadership) {
        return leadership
                .writer()
                .map(writer -> OptionalLong.of(writer.view().sequence()))
                .orElse(OptionalLong.empty());
    }

    @Bean
    HistoryController historyController(
            LedAnswers door,
            Viewers viewers,
            Projection projection,
            ObjectProvider<DataSource> pool) {
        var desk = new HistoryDesk(projection, new HistoryReading(pool::getObject));
        return new HistoryController(door, viewers, desk, projection);
    }
}
