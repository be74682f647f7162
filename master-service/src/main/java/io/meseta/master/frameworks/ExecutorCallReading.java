package io.meseta.master.frameworks;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.Opaque;

/// Makes commands of calls that concern executors.
final class ExecutorCallReading {

    private ExecutorCallReading() {}

    static Command shutdown(Caller caller, Call.Shutdown shutdown) throws Unacceptable {
        return new Command.ShutdownExecutor(
                caller,
                WireIds.read(shutdown.getAgentId().getValue(), AgentId::new),
                WireIds.read(shutdown.getExecutorId().getValue(), ExecutorId::new));
    }

    static Command message(Caller caller, Call.Message message) throws Unacceptable {
        return new Command.SendMessage(
                caller,
                WireIds.read(message.getAgentId().getValue(), AgentId::new),
                WireIds.read(message.getExecutorId().getValue(), ExecutorId::new),
                Opaque.of(message.getData().asReadOnlyByteBuffer()));
    }
}
