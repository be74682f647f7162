package io.meseta.agent.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class ExecutorTokensTest {

    @TempDir private Path folder;

    private static AgentExecutor executor(String id, UUID container) {
        var spec =
                new ExecutorSpec(
                        new ExecutorKey(new FrameworkId("f"), new ExecutorId(id)),
                        ExecutorSpec.Kind.CUSTOM,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Opaque.EMPTY,
                        Opaque.EMPTY);
        return AgentExecutor.from(new ExecutorEvent.Ordered(spec, 1, container));
    }

    private ExecutorTokens open(String file) {
        return ExecutorTokens.open(folder.resolve(file), JsonMapper.builder().build());
    }

    @Test
    void provesOneRunOfOneExecutorAndNoOther() {
        var own = executor("e", new UUID(1, 1));

        var claims = open("key").read(open("key").issue(own)).orElseThrow();

        assertThat(claims.isOf(own)).isTrue();
        assertThat(claims.isOf(executor("e", new UUID(1, 2)))).isFalse();
        assertThat(claims.isOf(executor("other", new UUID(1, 1)))).isFalse();
    }

    @Test
    void believesNothingThatItHasNotSigned() {
        var token = open("key").issue(executor("e", new UUID(1, 1)));
        int last = token.lastIndexOf('.');

        assertThat(open("another").read(token)).isEmpty();
        assertThat(open("key").read(token.substring(0, last) + ".AAAA")).isEmpty();
        assertThat(open("key").read(token.substring(0, last))).isEmpty();
        assertThat(open("key").read("a.b.%%%")).isEmpty();
        assertThat(open("key").read("")).isEmpty();
    }

    @Test
    void keepsItsKeyToItself() throws Exception {
        open("key");

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
    }
}
