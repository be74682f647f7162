package io.meseta.agent.executors;

import io.meseta.agent.containers.Containment;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.master.SelfDescription;
import io.meseta.platform.open.OpenModeProperties;
import io.meseta.platform.streams.StreamOutboxes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Assembles the executor API.
@Configuration(proxyBeanMethods = false)
public class ExecutorsConfiguration {

    @Bean
    ExecutorTokens executorTokens(Path workDirectory, JsonMapper mapper) {
        return ExecutorTokens.open(workDirectory.resolve("meta/executor-key"), mapper);
    }

    @Bean(destroyMethod = "close")
    ExecutorStreams executorStreams(
            Supplier<SelfDescription> introduction, Containment containment) {
        return new ExecutorStreams(
                new ExecutorWords(() -> introduction.get().agent(), containment.opening()));
    }

    @Bean
    ExecutorController executorController(
            AgentLoop loop,
            ExecutorStreams streams,
            StreamOutboxes outboxes,
            ExecutorTokens tokens,
            OpenModeProperties mode,
            InstantSource clock) {
        return new ExecutorController(
                new ExecutorApi(
                        loop, streams, outboxes, new ExecutorCalls(clock), tokens, !mode.open()));
    }
}
