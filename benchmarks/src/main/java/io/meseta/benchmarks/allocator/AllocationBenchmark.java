package io.meseta.benchmarks.allocator;

import io.meseta.allocator.Pool;
import io.meseta.model.AgentId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One allocation: what Mesos calls a cycle.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class AllocationBenchmark {

    /// Agents and a tenth as many frameworks.
    @State(Scope.Benchmark)
    public static class Scratch {

        @Param({"1000", "5000", "10000", "20000"})
        int agents;

        Pool pool = Pool.empty();
        long seed;

        @Setup(Level.Trial)
        public void prepare() {
            pool = Farm.fresh(agents, agents / 10);
        }
    }

    /// 1,000 agents whose every resource 200 frameworks have declined.
    @State(Scope.Benchmark)
    public static class Filters {

        Pool settled = Pool.empty();
        Pool touched = Pool.empty();

        @Setup(Level.Trial)
        public void prepare() {
            settled = Farm.declined(1_000, 200);
            touched = settled.withAgentActive(new AgentId("agent-7"), true);
        }
    }

    /// Roles with two agents and two frameworks each.
    @State(Scope.Benchmark)
    public static class Quotas {

        @Param({"10", "100", "1000"})
        int roles;

        @Param({"false", "true"})
        boolean haveQuota;

        Pool pool = Pool.empty();
        long seed;

        @Setup(Level.Trial)
        public void prepare() {
            pool = Farm.roles(roles, haveQuota);
        }
    }

    @Benchmark
    public Object fromScratch(Scratch scratch) {
        return scratch.pool.round(++scratch.seed);
    }

    @Benchmark
    public Object fromScratchWithBookkeeping(Scratch scratch) {
        var round = scratch.pool.round(++scratch.seed);
        return Farm.applied(scratch.pool, round.grants()).settled(round.withheld());
    }

    @Benchmark
    public Object nothingChanged(Filters filters) {
        return filters.settled.round(1);
    }

    @Benchmark
    public Object oneAgentTouched(Filters filters) {
        return filters.touched.round(1);
    }

    @Benchmark
    public Object roles(Quotas quotas) {
        var round = quotas.pool.round(++quotas.seed);
        return Farm.applied(quotas.pool, round.grants()).settled(round.withheld());
    }
}
