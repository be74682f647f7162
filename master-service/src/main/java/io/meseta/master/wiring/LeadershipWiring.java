package io.meseta.master.wiring;

import io.meseta.master.about.Self;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.engine.RoundTiming;
import io.meseta.master.engine.Standby;
import io.meseta.master.journal.Connector;
import io.meseta.master.journal.DatabaseAddress;
import io.meseta.master.journal.DatabaseJournal;
import io.meseta.master.journal.Snapshots;
import io.meseta.master.leadership.DatabaseLease;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.LeadershipMeters;
import io.meseta.master.leadership.LeaseLeadership;
import io.meseta.master.leadership.Reigning;
import io.meseta.master.leadership.WallMoments;
import io.meseta.master.standby.Following;
import io.meseta.master.standby.StandbyGauges;
import io.meseta.master.ticks.Ticks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who leads, and the clocks that belong to it.
@Configuration(proxyBeanMethods = false)
class LeadershipWiring {

    /// A renewal that takes longer than this part of the lease is of no use any more.
    private static final int RENEWAL_PART = 3;

    @Bean
    WallMoments moments() {
        return new WallMoments(InstantSource.system());
    }

    @Bean(destroyMethod = "close")
    DatabaseLease lease(DatabaseAddress address, MasterProperties properties) {
        var length = properties.lease();
        var timeout = length.dividedBy(RENEWAL_PART);
        var connector = new Connector(address, "meseta-master lease", timeout);
        return new DatabaseLease(connector, length, UUID.randomUUID());
    }

    @Bean
    Terms terms(MasterProperties properties, Self self) {
        return properties
                .terms()
                .toTerms()
                .in(self.region())
                .offering(properties.offers().toTerms());
    }

    /// The runner of effects is asked for only when a reign begins: it speaks to whoever leads.
    @Bean
    Reigning reigning(
            DatabaseJournal journal,
            Standby standby,
            WallMoments moments,
            Terms terms,
            ObjectProvider<EffectRunner> effects,
            Snapshots snapshots) {
        return new Reigning(journal, standby, moments, terms, effects::getObject, snapshots);
    }

    /// Before any reign: leadership begins with the life cycle, after all beans are there.
    @Bean
    SmartInitializingSingleton timedRounds(Reigning reigning, RoundTiming timing) {
        return () -> reigning.timeRounds(timing);
    }

    @Bean
    Standby standby(DatabaseJournal journal) {
        return new Standby(journal);
    }

    /// Started and stopped by [LeadershipLife].
    @Bean(destroyMethod = "")
    Following following(Standby standby, Snapshots snapshots) {
        return new Following(standby, snapshots);
    }

    @Bean
    StandbyGauges standbyGauges(Following following) {
        return new StandbyGauges(following);
    }

    /// Started and stopped by [LeadershipLife].
    @Bean(destroyMethod = "")
    LeaseLeadership leadership(
            DatabaseLease lease,
            MasterProperties properties,
            Reigning reigning,
            Following following,
            Self self,
            MeterRegistry registry) {
        return new LeaseLeadership(
                lease,
                properties.lease(),
                reigning,
                following,
                self::address,
                new LeadershipMeters(registry));
    }

    @Bean(destroyMethod = "")
    Ticks ticks(Leadership leadership, WallMoments moments) {
        return new Ticks(leadership, moments::now);
    }

    @Bean
    LeadershipLife leadershipLife(LeaseLeadership leadership, Following following, Ticks ticks) {
        return new LeadershipLife(leadership, following, ticks);
    }

    @Bean
    HealthIndicator leadershipHealthIndicator(
            Leadership leadership, Following following, MasterProperties properties) {
        return new LeadershipHealth(leadership, following, properties.standby().lagMax());
    }

    @Bean
    LeadershipGauges leadershipGauges(Leadership leadership) {
        return new LeadershipGauges(leadership);
    }
}
