package io.meseta.master.levels;

import io.meseta.master.about.Self;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.leadership.Leadership;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Feature levels: who can read what.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LevelsProperties.class)
public class LevelsConfiguration {

    @Bean
    Build build() {
        return Build.running();
    }

    /// Started and stopped by [LevelsLife].
    @Bean(destroyMethod = "")
    RollCall rollCall(
            ObjectProvider<DataSource> pool,
            ObjectProvider<Leadership> leadership,
            Self self,
            Build build,
            LevelsProperties rule) {
        var id = UUID.randomUUID();
        return new RollCall(
                new LiveMasters(pool::getObject),
                () ->
                        new LiveMaster(
                                id, self.address(), build.version(), build.levels(), Duration.ZERO),
                leadership::getObject,
                rule,
                InstantSource.system());
    }

    /// The server has its port by then.
    @Bean
    LevelsLife levelsLife(RollCall call, ObjectProvider<DataSource> pool) {
        return new LevelsLife(call, pool.getIfAvailable() != null);
    }

    @Bean
    LevelsController levelsController(LedAnswers door, RollCall call) {
        return new LevelsController(new LevelsDesk(door, call));
    }

    @Bean
    LevelsGauges levelsGauges(ObjectProvider<Leadership> leadership, RollCall call, Build build) {
        return new LevelsGauges(leadership::getObject, call, build);
    }
}
