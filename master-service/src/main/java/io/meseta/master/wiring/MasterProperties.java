package io.meseta.master.wiring;

import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.journal.Snapshots;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What can be set about how this master leads and remembers.
///
/// @param lease how long the right to lead lasts without a renewal: a master that dies is followed
///   after so long
/// @param databaseWait how long the start waits for the database
/// @param standby how this master follows another
/// @param offers how offers are made and taken back while this master leads
@ConfigurationProperties("meseta.master")
public record MasterProperties(
        @DefaultValue("3s") Duration lease,
        @DefaultValue("60s") Duration databaseWait,
        @DefaultValue Journalling journal,
        @DefaultValue Snapshotting snapshot,
        @DefaultValue Waiting terms,
        @DefaultValue Following standby,
        @DefaultValue Offering offers) {

    /// Below this a pause of the garbage collector or of the network costs a reign.
    private static final Duration LEASE_MIN = Duration.ofMillis(300);

    private static final Duration LEASE_MAX = Duration.ofMinutes(1);

    /// @param timeout of one append; after that nobody knows whether it was written, and the reign
    ///   ends
    /// @param retention entries younger than this stay, for those who want to see the past
    /// @param sizeMax beyond so much for entries and snapshots they go earlier, the oldest first,
    ///   as far as recovery can do without them; 0 for no limit
    public record Journalling(
            @DefaultValue("5s") Duration timeout,
            @DefaultValue("30d") Duration retention,
            @DefaultValue("0B") DataSize sizeMax) {

        public Journalling {
            check(timeout.toMillis() >= 100, "meseta.master.journal.timeout is below 100ms");
            check(!retention.isNegative(), "meseta.master.journal.retention is negative");
            check(!sizeMax.isNegative(), "meseta.master.journal.size-max is negative");
        }
    }

    /// How much may be appended before the state is saved whole.
    ///
    /// @param entries how many entries, each of which is one batch
    /// @param size how many bytes of entries
    /// @param gapMax how many entries may lie between two older snapshots that are kept: so many
    ///   are read at most to show the past
    public record Snapshotting(
            @DefaultValue("20000") long entries,
            @DefaultValue("64MB") DataSize size,
            @DefaultValue("200000") long gapMax) {

        public Snapshotting {
            check(entries > 0, "meseta.master.snapshot.entries is not positive");
            check(size.toBytes() > 0, "meseta.master.snapshot.size is not positive");
            check(gapMax > 0, "meseta.master.snapshot.gap-max is not positive");
        }

        Snapshots.Rule rule() {
            return new Snapshots.Rule(entries, size.toBytes());
        }
    }

    /// How long those who are away are waited for.
    ///
    /// @param agentSilenceMax an agent that is silent for so long is unreachable
    /// @param agentGrace how long agents may take to find a new leader before their silence counts
    /// @param frameworkGrace the same for frameworks; a longer failover timeout of their own wins
    /// @param agentRemovalRateLimit at most so many agents are given up in such a time, such as
    ///   `1/10mins`; empty for no limit
    public record Waiting(
            @DefaultValue("75s") Duration agentSilenceMax,
            @DefaultValue("10m") Duration agentGrace,
            @DefaultValue("10m") Duration frameworkGrace,
            @DefaultValue("") String agentRemovalRateLimit) {

        public Waiting {
            check(
                    agentSilenceMax.isPositive(),
                    "meseta.master.terms.agent-silence-max is not positive");
            check(!agentGrace.isNegative(), "meseta.master.terms.agent-grace is negative");
            check(!frameworkGrace.isNegative(), "meseta.master.terms.framework-grace is negative");
            var _ = RemovalRate.pause(agentRemovalRateLimit);
        }

        Terms toTerms() {
            return new Terms(
                    agentSilenceMax,
                    agentGrace,
                    frameworkGrace,
                    RemovalRate.pause(agentRemovalRateLimit));
        }
    }

    /// @param lagMax a standby whose state is older is not ready
    public record Following(@DefaultValue("5s") Duration lagMax) {

        public Following {
            check(lagMax.isPositive(), "meseta.master.standby.lag-max is not positive");
        }
    }

    /// @param timeout an offer that is so old and not answered is taken back; `0s` for never
    /// @param sorter whose turn it is: `drf`, whoever has the smallest share, or `random`
    /// @param outstandingMax a framework whose unanswered offers are this part of the cluster is
    ///   offered no more until it answers; 1 for no such limit
    /// @param gangTimeout so long at most something is held for a gang that is not complete
    /// @param maintenanceHorizon an agent whose maintenance begins within so long comes after
    ///   others
    public record Offering(
            @DefaultValue("1m") Duration timeout,
            @DefaultValue("drf") Sorter sorter,
            @DefaultValue("1") double outstandingMax,
            @DefaultValue("1m") Duration gangTimeout,
            @DefaultValue("1h") Duration maintenanceHorizon) {

        /// What is held is used by nobody.
        private static final Duration GANG_TIMEOUT_MAX = Duration.ofHours(1);

        private static final Duration MAINTENANCE_HORIZON_MAX = Duration.ofDays(365);

        public Offering {
            check(!timeout.isNegative(), "meseta.master.offers.timeout is negative");
            check(
                    outstandingMax > 0 && outstandingMax <= 1,
                    "meseta.master.offers.outstanding-max is not above 0 and at most 1");
            check(
                    gangTimeout.isPositive() && gangTimeout.compareTo(GANG_TIMEOUT_MAX) <= 0,
                    "meseta.master.offers.gang-timeout is not above 0s and at most 1h");
            check(
                    !maintenanceHorizon.isNegative()
                            && maintenanceHorizon.compareTo(MAINTENANCE_HORIZON_MAX) <= 0,
                    "meseta.master.offers.maintenance-horizon is not from 0s to 365d");
        }

        OfferTerms toTerms() {
            return new OfferTerms(sorter, timeout, outstandingMax, gangTimeout, maintenanceHorizon);
        }
    }

    public MasterProperties {
        check(
                lease.compareTo(LEASE_MIN) >= 0 && lease.compareTo(LEASE_MAX) <= 0,
                "meseta.master.lease is not between 300ms and 1m");
        check(!databaseWait.isNegative(), "meseta.master.database-wait is negative");
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) throw new IllegalArgumentException(complaint);
    }
}
