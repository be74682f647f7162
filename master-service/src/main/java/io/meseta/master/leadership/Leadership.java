package io.meseta.master.leadership;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.model.MasterId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether this master leads, and the way to the writer if it does.
public interface Leadership {

    /// What this master is at the moment. Never waits.
    Role role();

    /// What a master can be.
    sealed interface Role {

        /// It leads, has read the whole journal, and its lease holds.
        record Leading(Epoch epoch, MasterId master, Instant since, ClusterWriter writer)
                implements Role {}

        /// It has the lease and is reading the journal: it will lead within moments.
        record Recovering() implements Role {}

        /// Another master leads, or will within moments.
        ///
        /// @param epoch in which it holds the lease
        record Following(Address leader, Epoch epoch) implements Role {}

        /// Nobody is known to lead.
        record Leaderless() implements Role {}
    }

    /// What this master knows of the cluster while it does not lead. Never waits.
    default Optional<Followed> followed() {
        return Optional.empty();
    }

    /// A state that was whole a while ago. Nobody is connected in it and nothing is offered: only
    /// the leader's memory knows of that.
    ///
    /// @param sequence of the newest entry that it holds
    /// @param age how long ago it was surely the newest there was
    record Followed(Cluster cluster, long sequence, Duration age) {}

    /// Where a master can be reached by clients.
    record Address(String host, int port) {

        /// As a URL has it.
        public String authority() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// The writer, if this master leads.
    default Optional<ClusterWriter> writer() {
        return role() instanceof Role.Leading(_, _, _, var writer)
                ? Optional.of(writer)
                : Optional.empty();
    }

    /// Has somebody told of each change of the role, once it has happened. The thread on which that
    /// is done has a cluster to lead: whoever is told must not wait.
    void onChange(Runnable told);

    /// Reports that the state this master leads is older than what an agent has seen: end this
    /// reign and lead again in an epoch above that one.
    void epochBehind(Epoch seen);
}
