package io.meseta.agent.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.Growth;
import io.meseta.wire.agent.Order;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A master's orders, which carry what frameworks have said: orders, or a conversation that breaks.
public final class OrdersFuzz {

    private static final List<String> WORDS =
            List.of("t1", "t2", "e1", "f1", "cpus", "mem", "disk", "dev", "v1", "a", "sleep 1");
    private static final ExecutorTerms TERMS =
            new ExecutorTerms(Duration.ofMinutes(1), Duration.ofSeconds(5));

    private static final Fuzz FUZZ = Fuzz.of(OrdersFuzz.class, OrdersFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(6_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var grown = new Growth(new Choices(input, WORDS)).like(Order.getDefaultInstance());
        try {
            assertThat(OrderMapping.order(Order.parseFrom(grown.toByteArray()), TERMS)).isNotNull();
        } catch (BrokenConversation broken) {
            assertThat(broken.getMessage()).isNotEmpty();
        }
    }
}
