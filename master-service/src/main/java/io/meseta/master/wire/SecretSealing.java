package io.meseta.master.wire;

import com.google.protobuf.ByteString;
import io.meseta.master.core.agent.Agent;
import io.meseta.mesos.secrets.SealingKey;
import io.meseta.mesos.secrets.SecretValues;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.TaskInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Seals the secrets in what a framework orders, for the agent that is to run it, before any
/// command is made of it: journal, snapshots, answers and the agent's own files hold only what that
/// agent can open.
///
/// May be used by one thread at a time.
public final class SecretSealing {

    /// For all that come at once, whoever reads them.
    private static final RecentSeals RECENT =
            new RecentSeals(Duration.ofSeconds(10), System::nanoTime);

    private final Optional<Agent> agent;

    /// Of all that comes together, what is the same stays the same: two tasks name one executor.
    private final Map<ByteString, ByteString> sealed = new HashMap<>();

    /// @param agent empty if the offers are unknown: then nothing will be run, and no secret is
    ///   kept
    public SecretSealing(Optional<Agent> agent) {
        this.agent = agent;
    }

    /// The task's own secrets; those of its executor are the executor's.
    public TaskInfo sealed(TaskInfo task) throws Unacceptable {
        var seal = new Seal();
        var sealed = SecretValues.changed(task, seal);
        seal.check();
        return sealed;
    }

    public ExecutorInfo sealed(ExecutorInfo executor) throws Unacceptable {
        var seal = new Seal();
        var sealed = SecretValues.changed(executor, seal);
        seal.check();
        return sealed;
    }

    /// As it may be compared with another, or shown to whoever has sent it.
    public static ExecutorInfo without(ExecutorInfo executor) {
        return SecretValues.changed(executor, _ -> ByteString.EMPTY);
    }

    /// Seals one after the other, and says afterwards whether it could.
    private final class Seal implements UnaryOperator<ByteString> {

        private boolean hasNoKey;

        @Override
        public ByteString apply(ByteString plain) {
            if (plain.isEmpty()) return plain;
            var key = key();
            hasNoKey |= agent.isPresent() && key.isEmpty();
            return key.map(each -> sealed.computeIfAbsent(plain, text -> sealed(each, text)))
                    .orElse(ByteString.EMPTY);
        }

        void check() throws Unacceptable {
            if (hasNoKey) throw new Unacceptable("The agent can't be given secrets");
        }
    }

    /// Read where there is a secret only, which is seldom.
    private Optional<SealingKey> key() {
        return agent.map(each -> AgentOwner.sealingKey(each.profile().wire()))
                .filter(each -> !each.isEmpty())
                .map(each -> SealingKey.of(each.toByteArray()));
    }

    private static ByteString sealed(SealingKey key, ByteString plain) {
        return RECENT.sealed(key, plain);
    }
}
