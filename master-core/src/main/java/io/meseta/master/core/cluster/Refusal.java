package io.meseta.master.core.cluster;

import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.role.QuotaProblem;
import io.meseta.master.core.upkeep.UpkeepRefusal;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;

/// Why a command is refused.
public sealed interface Refusal {

    /// No master leads this state, so nothing may change it.
    record NotLeading() implements Refusal {}

    record UnknownFramework(FrameworkId framework) implements Refusal {}

    /// Its id has been used up: it was torn down, or stayed away for too long.
    record CompletedFramework(FrameworkId framework) implements Refusal {}

    /// The caller is not who the framework said it was when it first subscribed.
    record PrincipalDiffers(FrameworkId framework) implements Refusal {}

    record NotSubscribed(FrameworkId framework) implements Refusal {}

    record StreamIdMissing(FrameworkId framework) implements Refusal {}

    record StreamIdDiffers(FrameworkId framework, StreamId given, StreamId current)
            implements Refusal {}

    record UnknownAgent(AgentId agent) implements Refusal {}

    /// The agent has said hello again since, or has been given up: it must say hello.
    record StaleLink(AgentId agent) implements Refusal {}

    /// The agent has taken orders from a later leader than this one believes itself to be: this
    /// state was restored from a backup, and must be led in a later epoch.
    record EpochBehind(AgentId agent, Epoch seen) implements Refusal {}

    /// The agent says that a shared volume has another size than the one in which tasks use it:
    /// nobody could tell what they hold.
    record VolumeResized(AgentId agent, String said, String used) implements Refusal {}

    /// A quota can't be as it is wanted.
    record QuotaRefused(QuotaProblem problem) implements Refusal {}

    record UnknownTask(TaskKey task) implements Refusal {}

    /// It concerns machines, and what operators want of them.
    record OfUpkeep(UpkeepRefusal why) implements Refusal {}

    /// Why an operator's operation on resources is not done.
    sealed interface OfOperation extends Refusal {}

    /// It makes no sense as the agent is.
    record OperationInvalid(String problem) implements OfOperation {}

    /// It needs resources that are in use, or not there.
    record OperationConflicts(String problem) implements OfOperation {}

    /// The caller has more outstanding than anyone may have.
    record TooMuch(String what, long limit) implements Refusal {}
}
