package io.meseta.master.explain;

import io.meseta.allocator.Explanation;
import io.meseta.allocator.FrameworkTraits;
import io.meseta.allocator.Veto;
import io.meseta.allocator.want.Want;
import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.Presence;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.rights.Rights;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.WireIds;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/// Asks the newest state why something is not offered, and puts its answer into a page.
final class ExplainDesk {

    /// Each walks over all agents: more at once would take the cores from the writer.
    private static final int AT_ONCE_MAX = 2;

    /// The least that is worth an offer to anyone.
    private static final Resources LEAST = Resources.parse("cpus:0.01");

    private final LedAnswers door;
    private final Rights rights;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    ExplainDesk(LedAnswers door, Rights rights, InstantSource clock) {
        this.door = door;
        this.rights = rights;
        this.clock = clock;
    }

    /// A demand with all that is known of it.
    private record Case(
            Cluster cluster,
            Visibility visibility,
            Optional<Framework> framework,
            Role role,
            Resources needed,
            Optional<Instant> since) {

        Explanation explanation() {
            var pool = cluster.pool();
            return framework
                    .map(each -> pool.explain(each.id(), role, needed))
                    .orElseGet(() -> pool.explain(role, able(role), needed));
        }

        List<GangRecord> gangs() {
            return framework
                    .map(each -> GangRecord.all(cluster, visibility, each, role))
                    .orElse(List.of());
        }

        /// How many tasks end so that the framework has what it needs.
        int ending() {
            var keeps = cluster.offers().keeps().all().stream();
            return (int)
                    keeps.filter(keep -> keep.role().equals(role))
                            .filter(keep ->
                                    framework
                                            .map(Framework::id)
                                            .filter(keep.framework()::equals)
                                            .isPresent())
                            .flatMap(keep -> cluster.tasks().on(keep.agent()))
                            .filter(task -> task.preemption().isPresent() && task.holdsResources())
                            .count();
        }

        /// Whoever is described can do all that a framework can.
        private static FrameworkTraits able(Role role) {
            return FrameworkTraits.of(role).capableOf(FrameworkCapability.values());
        }
    }

    /// A framework that the caller may not see is as one that is not there.
    ResponseEntity<Object> framework(
            LedAnswers.Target target, Visibility visibility, String name, Question question) {
        return within(
                target,
                cluster -> {
                    var found =
                            WireIds.find(name, FrameworkId::new)
                                    .flatMap(cluster::framework)
                                    .filter(visibility::shows);
                    if (found.isEmpty())
                        return refused(
                                ProblemType.NOT_FOUND,
                                "There is no framework '%s'.".formatted(name));
                    var framework = found.get();
                    var role =
                            question.role().orElseGet(() -> framework.profile().roles().getFirst());
                    var want =
                            cluster.pool().wants(framework.id()).stream()
                                    .filter(each -> each.role().equals(role))
                                    .findFirst()
                                    .filter(_ -> question.needed().isEmpty());
                    var needed =
                            question.needed()
                                    .or(() -> want.map(Want::needed))
                                    .or(() -> missing(cluster, framework, role))
                                    .orElse(LEAST);
                    var since = want.map(Want::since).or(() -> waitsSince(cluster, framework));
                    return page(
                            new Case(cluster, visibility, found, role, needed, since), question);
                });
    }

    /// Of whoever would come to this role now.
    ResponseEntity<Object> role(
            LedAnswers.Target target, Visibility visibility, Caller caller, Question question) {
        if (question.role().isEmpty())
            return refused(ProblemType.MALFORMED, "'role' must be the name of a role.");
        var role = question.role().get();
        if (rights.decide(caller, Action.VIEW_ROLE, role) instanceof Verdict.Denied denied)
            return Denials.problem(denied).anyAnswer();
        return within(
                target,
                cluster ->
                        page(
                                new Case(
                                        cluster,
                                        visibility,
                                        Optional.empty(),
                                        role,
                                        question.needed().orElse(LEAST),
                                        Optional.empty()),
                                question));
    }

    private ResponseEntity<Object> within(
            LedAnswers.Target target, Function<Cluster, ResponseEntity<Object>> answer) {
        return door.answer(
                target,
                leading -> {
                    if (!places.tryAcquire())
                        return LedAnswers.unavailable("Too many others ask for explanations.");
                    try {
                        return answer.apply(leading.writer().view().cluster());
                    } finally {
                        places.release();
                    }
                });
    }

    /// What a gang of the framework still needs, one of its sets.
    private static Optional<Resources> missing(Cluster cluster, Framework framework, Role role) {
        return cluster.offers().gangs().of(framework.id()).stream()
                .filter(gathering -> gathering.id().role().equals(role))
                .findFirst()
                .map(gathering ->
                        gathering.gang().sets().get(gathering.missing().getFirst()).needed());
    }

    /// Since when a framework that has no offer has been without one.
    private static Optional<Instant> waitsSince(Cluster cluster, Framework framework) {
        if (!(framework.presence() instanceof Presence.Connected(_, var connected))
                || !cluster.offers().of(framework.id()).isEmpty()) return Optional.empty();
        return cluster.offers()
                .newestTo(framework.id())
                .filter(connected::isBefore)
                .or(() -> Optional.of(connected));
    }

    private ResponseEntity<Object> page(Case about, Question question) {
        var explanation = about.explanation();
        var wording = new Wording(about.visibility(), about.role(), about.needed());
        var agents = new ArrayList<ExplanationRecord.OfAgent>();
        var next = "";
        for (var entry : explanation.byAgent().entrySet()) {
            var id = entry.getKey();
            if (id.value().compareTo(question.after()) <= 0 || isHidden(about, id)) continue;
            if (agents.size() == question.limit()) {
                next = agents.getLast().id();
                break;
            }
            agents.add(ofAgent(about, id, reasons(entry.getValue(), wording)));
        }
        var waiting =
                about.since().map(since -> Duration.between(since, clock.instant()).toSeconds());
        return ResponseEntity.ok(
                new ExplanationRecord(
                        about.framework().map(each -> each.id().value()).orElse(""),
                        about.role().name(),
                        about.needed().toString(),
                        about.since().map(Instant::toString).orElse(""),
                        Math.max(0, waiting.orElse(0L)),
                        reasons(explanation.everywhere(), wording),
                        summary(about, explanation, wording),
                        agents,
                        about.gangs(),
                        next));
    }

    private static ExplanationRecord.Summary summary(
            Case about, Explanation explanation, Wording wording) {
        var counts = new TreeMap<String, Integer>();
        for (var vetoes : explanation.byAgent().values())
            vetoes.stream()
                    .map(Wording::clause)
                    .distinct()
                    .forEach(clause -> counts.merge(clause, 1, Integer::sum));
        var shown = new TreeMap<AgentId, List<Veto>>(explanation.byAgent());
        shown.keySet().removeIf(id -> isHidden(about, id));
        var nearest = new Explanation(explanation.everywhere(), shown).nearest();
        var against = new ArrayList<>(explanation.everywhere());
        nearest.ifPresent(id -> against.addAll(shown.getOrDefault(id, List.of())));
        return new ExplanationRecord.Summary(
                explanation.byAgent().size(),
                explanation.fitting().size(),
                explanation.isHopeless(),
                counts,
                nearest.map(AgentId::value).orElse(""),
                against.stream().map(wording::change).distinct().toList(),
                about.ending());
    }

    private static boolean isHidden(Case about, AgentId id) {
        return about.cluster().agent(id).filter(about.visibility()::shows).isEmpty();
    }

    private static ExplanationRecord.OfAgent ofAgent(
            Case about, AgentId id, List<ExplanationRecord.Reason> reasons) {
        var hostname = about.cluster().agent(id).map(each -> each.profile().hostname()).orElse("");
        var held = about.cluster().offers().gangs().heldOn(id);
        return new ExplanationRecord.OfAgent(
                id.value(), hostname, held.isEmpty() ? "" : held.toString(), reasons);
    }

    private static List<ExplanationRecord.Reason> reasons(List<Veto> vetoes, Wording wording) {
        return vetoes.stream().map(wording::reason).toList();
    }

    private static ResponseEntity<Object> refused(ProblemType type, String detail) {
        return new Problem(type, detail).anyAnswer();
    }
}
