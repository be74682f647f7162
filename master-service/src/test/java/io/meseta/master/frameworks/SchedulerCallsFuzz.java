package io.meseta.master.frameworks;

import io.meseta.authorization.RuleId;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.testing.FuzzedCluster;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.protobuf.MalformedProtobuf;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.testkit.fuzz.Fuzz;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Frameworks' calls, several in a row, through the real readers into a real core: each is refused
/// in words or decided, and whatever the cluster then knows survives the journal.
public final class SchedulerCallsFuzz {

    private static final int CALLS_MAX = 8;
    private static final int PROGRAM_MAX = 100;
    private static final Verdict ALLOWED =
            new Verdict.Allowed(new RuleId(RuleId.BUILT_IN, "all"), 1, "all may");

    private static final Fuzz FUZZ =
            Fuzz.of(SchedulerCallsFuzz.class, SchedulerCallsFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var cluster = new FuzzedCluster(input);
        for (int i = 0; i < CALLS_MAX && !cluster.choices().isOver(); i++) {
            var grown = cluster.growth().like(Call.getDefaultInstance());
            call(cluster, withRealOffers(cluster, grown), i);
            cluster.meanwhile();
        }
        cluster.check();
    }

    /// Ids of offers can't be words: most name one that there is.
    private static byte[] withRealOffers(FuzzedCluster cluster, Call grown) {
        var offers = cluster.stage().offersOf(cluster.framework());
        var call = grown.toBuilder();
        if (cluster.choices().below(8) > 0)
            call.getFrameworkIdBuilder().setValue(cluster.framework().value());
        if (offers.isEmpty() || cluster.choices().below(4) == 3) return call.build().toByteArray();
        var id = OfferID.newBuilder().setValue(cluster.choices().of(offers).id().value()).build();
        if (call.hasAccept()) call.getAcceptBuilder().clearOfferIds().addOfferIds(id);
        if (call.hasDecline()) call.getDeclineBuilder().clearOfferIds().addOfferIds(id);
        return call.build().toByteArray();
    }

    /// The way of a call in `SchedulerApi`, without HTTP.
    private static void call(FuzzedCluster cluster, byte[] body, int number) throws Exception {
        Call call;
        try {
            call = MesosProtobuf.read(body, Call.getDefaultInstance(), ProtobufLimits.DEFAULT);
        } catch (MalformedProtobuf _) {
            return;
        }
        if (SchedulerCalls.problem(call).isPresent()) return;
        try {
            command(cluster, call, number).ifPresent(cluster::put);
        } catch (Unacceptable _) {
            // Said in words.
        }
    }

    private static Optional<Command> command(FuzzedCluster cluster, Call call, int number)
            throws Unacceptable {
        var known = cluster.stage().cluster().framework(cluster.framework());
        var caller =
                new Caller(
                        cluster.framework(),
                        known.flatMap(each -> each.stream()),
                        Optional.empty());
        return switch (call.getType()) {
            case SUBSCRIBE -> Optional.of(subscription(call.getSubscribe(), number));
            case ACCEPT -> Optional.of(accept(cluster, caller, call.getAccept()));
            case DECLINE -> Optional.of(CallReading.decline(caller, call.getDecline()));
            case KILL -> Optional.of(CallReading.kill(caller, call.getKill()));
            case ACKNOWLEDGE -> Optional.of(CallReading.acknowledge(caller, call.getAcknowledge()));
            case RECONCILE -> Optional.of(CallReading.reconcile(caller, call.getReconcile()));
            case ACKNOWLEDGE_OPERATION_STATUS ->
                    Optional.of(
                            CallReading.acknowledge(caller, call.getAcknowledgeOperationStatus()));
            case RECONCILE_OPERATIONS ->
                    Optional.of(CallReading.reconcile(caller, call.getReconcileOperations()));
            case REVIVE ->
                    CallReading.roles(call.getRevive().getRolesList())
                            .map(roles -> new Command.Revive(caller, roles));
            case SUPPRESS ->
                    CallReading.roles(call.getSuppress().getRolesList())
                            .map(roles -> new Command.Suppress(caller, roles));
            case TEARDOWN -> Optional.of(new Command.Teardown(caller));
            case ACCEPT_INVERSE_OFFERS ->
                    Optional.of(CallReading.answer(caller, call.getAcceptInverseOffers()));
            case DECLINE_INVERSE_OFFERS ->
                    Optional.of(CallReading.answer(caller, call.getDeclineInverseOffers()));
            case SHUTDOWN -> Optional.of(ExecutorCallReading.shutdown(caller, call.getShutdown()));
            case MESSAGE -> Optional.of(ExecutorCallReading.message(caller, call.getMessage()));
            case UPDATE_FRAMEWORK -> Optional.of(update(caller, call.getUpdateFramework()));
            case REQUEST, UNKNOWN -> Optional.empty();
        };
    }

    private static Command accept(FuzzedCluster cluster, Caller caller, Call.Accept accept) {
        var reading =
                AcceptReading.read(
                        cluster.framework(),
                        accept,
                        cluster.stage().cluster(),
                        new AcceptReading.Permits((_, _, _) -> ALLOWED, _ -> ALLOWED));
        return new Command.Accept(
                caller,
                AcceptReading.offers(accept.getOfferIdsList()),
                reading.operations(),
                CallReading.refusal(accept.getFilters()));
    }

    private static Command subscription(Call.Subscribe subscribe, int number) throws Unacceptable {
        var info = subscribe.getFrameworkInfo();
        var profile = FrameworkReading.read(info);
        return new Command.Subscribe(
                FrameworkReading.id(info),
                profile,
                wishes(info, subscribe.getSuppressedRolesList(), subscribe.getOfferConstraints()),
                new StreamId("fuzz-" + number));
    }

    private static Command update(Caller caller, Call.UpdateFramework update) throws Unacceptable {
        var info = update.getFrameworkInfo();
        return new Command.UpdateFramework(
                caller,
                FrameworkReading.read(info),
                wishes(info, update.getSuppressedRolesList(), update.getOfferConstraints()));
    }

    private static OfferWishes wishes(
            io.meseta.mesos.v1.FrameworkInfo info,
            Collection<String> suppressed,
            io.meseta.mesos.v1.scheduler.OfferConstraints constraints)
            throws Unacceptable {
        return new OfferWishes(
                FrameworkReading.suppressed(info, suppressed),
                new ConstraintReading(PROGRAM_MAX).read(constraints, FrameworkReading.names(info)));
    }
}
