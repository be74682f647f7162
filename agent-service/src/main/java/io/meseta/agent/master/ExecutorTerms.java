package io.meseta.agent.master;

import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.model.Opaque;
import java.time.Duration;

/// How long executors may take for what, unless they say so themselves.
///
/// @param registration from an executor's start to its first word
/// @param shutdown from the word that it shall end to the signal that it can't refuse
public record ExecutorTerms(Duration registration, Duration shutdown) {

    public ExecutorTerms {
        if (!registration.isPositive() || shutdown.isNegative())
            throw new IllegalArgumentException("an executor must be given time");
    }

    ExecutorSpec spec(FrameworkInfo framework, ExecutorInfo executor) {
        return new ExecutorSpec(
                OrderMapping.executor(framework.getId(), executor.getExecutorId()),
                executor.getType() == ExecutorInfo.Type.DEFAULT ? Kind.BUILT_IN : Kind.CUSTOM,
                executor.hasShutdownGracePeriod()
                        ? OrderMapping.duration(executor.getShutdownGracePeriod())
                        : shutdown,
                registration,
                Opaque.of(framework.toByteArray()),
                Opaque.of(executor.toByteArray()));
    }
}
