package io.meseta.benchmarks.authorization;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.Verdict;
import io.meseta.authorization.engine.Authorizer;
import io.meseta.authorization.engine.Decider;
import io.meseta.authorization.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One question among 10,000 rules.
///
/// Calls are read from their raw path each time, as the gateway does.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class DecisionBenchmark {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Subject WEB = Subject.user("web").inGroups(groups(20));

    private Authorizer spread = Authorizer.denyingAll();
    private Authorizer crowded = Authorizer.denyingAll();
    private final List<Target> roles = new ArrayList<>();

    /// Makes the engines and checks that the questions get the answers that they should.
    @Setup
    public void prepare() {
        spread = authorizer(RuleSets.spread());
        crowded = authorizer(RuleSets.crowded());
        for (int i = 0; i < 1_000; i++) roles.add(Target.role("team-" + i + "/jobs"));
        expect(callAllowed().isAllowed(), "callAllowed");
        expect(callWithCondition().isAllowed(), "callWithCondition");
        expect(!callDeniedByDefault().isAllowed(), "callDeniedByDefault");
        expect(!callDeniedByRule().isAllowed(), "callDeniedByRule");
        expect(runTask().isAllowed(), "runTask");
        expect(callAmongManyPaths().isAllowed(), "callAmongManyPaths");
        expect(filterThousandRoles() == 20, "filterThousandRoles");
    }

    @Benchmark
    public Verdict callAllowed() {
        return call(spread, "svc-7", "GET", "/api/v1/things-3/42/parts");
    }

    @Benchmark
    public Verdict callDeniedByDefault() {
        return call(spread, "svc-7", "DELETE", "/api/v1/things-3/42/parts");
    }

    @Benchmark
    public Verdict callDeniedByRule() {
        return call(spread, "svc-7", "GET", "/internal/metrics");
    }

    @Benchmark
    public Verdict callWithCondition() {
        return call(spread, "accounts", "GET", "/accounts/web/cards");
    }

    /// All 10,000 rules are about everyone and one service; only their paths differ.
    @Benchmark
    public Verdict callAmongManyPaths() {
        return call(crowded, "orders", "GET", "/api/v1/things-5000/42");
    }

    @Benchmark
    public Verdict runTask() {
        var target = Target.role("team-5/jobs").and(Attribute.USER, "www");
        return spread.decide(Question.of(WEB, Action.RUN_TASK, target), NOW);
    }

    /// Which of 1,000 roles may be seen: one request's worth of filtering.
    @Benchmark
    public int filterThousandRoles() {
        Decider decider = spread.decider(WEB, Action.VIEW_ROLE, NOW);
        int visible = 0;
        for (var role : roles) {
            if (decider.test(role)) visible++;
        }
        return visible;
    }

    private static Verdict call(Authorizer authorizer, String service, String method, String path) {
        var question = Question.ofCall(WEB, Target.service(service), Call.of(method, path));
        return authorizer.decide(question, NOW);
    }

    private static Authorizer authorizer(Policy policy) {
        return Authorizer.of(List.of(policy), Groups.NONE, 1, NOW.plusSeconds(3_600));
    }

    private static String[] groups(int count) {
        var groups = new String[count];
        for (int i = 0; i < count; i++) groups[i] = "team-" + i;
        return groups;
    }

    private static void expect(boolean isSo, String what) {
        if (!isSo) throw new IllegalStateException(what + " is not decided as it should be");
    }
}
