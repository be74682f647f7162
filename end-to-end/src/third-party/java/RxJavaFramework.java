import com.google.protobuf.ByteString;
import com.mesosphere.mesos.rx.java.SinkOperation;
import com.mesosphere.mesos.rx.java.SinkOperations;
import com.mesosphere.mesos.rx.java.protobuf.ProtobufMesosClientBuilder;
import com.mesosphere.mesos.rx.java.protobuf.SchedulerCalls;
import com.mesosphere.mesos.rx.java.util.UserAgentEntries;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import rx.Observable;

/// A framework on a client library that is not ours, unmodified: it subscribes, launches one task
/// on its first offer, declines the next, acknowledges what it hears, and ends with its task.
///
/// Run as a source file, on the library's own class path (see `ThirdPartyIT`).
public final class RxJavaFramework {

    private static final String TASK = "rx-task";

    private final Set<String> done = new HashSet<>();
    private FrameworkID framework = FrameworkID.newBuilder().setValue("").build();
    private boolean isLaunched;

    public static void main(String[] arguments) throws Throwable {
        new RxJavaFramework().run(URI.create(arguments[0]));
    }

    private void run(URI master) throws Throwable {
        var id = "rxjava-" + UUID.randomUUID();
        var user = System.getProperty("user.name");
        ProtobufMesosClientBuilder.schedulerUsingProtos()
                .mesosUri(master)
                .applicationUserAgentEntry(UserAgentEntries.literal("meseta-test", "1"))
                .subscribe(SchedulerCalls.subscribe(id, user, "rxjava", 60))
                .processStream(events -> events.concatMap(this::answer))
                .build()
                .openStream()
                .await();
    }

    private Observable<Optional<SinkOperation<Call>>> answer(Event event) {
        System.out.println("EVENT " + event.getType());
        return switch (event.getType()) {
            case SUBSCRIBED -> {
                framework = event.getSubscribed().getFrameworkId();
                yield Observable.just(Optional.empty());
            }
            case OFFERS ->
                    Observable.from(event.getOffers().getOffersList())
                            .map(offer -> Optional.of(answer(offer)));
            case UPDATE -> Observable.just(acknowledgement(event.getUpdate().getStatus()));
            default -> Observable.just(Optional.empty());
        };
    }

    private SinkOperation<Call> answer(Offer offer) {
        if (isLaunched) {
            var decline = SchedulerCalls.decline(framework, List.of(offer.getId()));
            return SinkOperations.sink(decline, () -> finish("DECLINED"), this::fail);
        }
        isLaunched = true;
        return SinkOperations.sink(launch(offer), () -> finish("LAUNCHED"), this::fail);
    }

    private Call launch(Offer offer) {
        var task =
                TaskInfo.newBuilder()
                        .setName(TASK)
                        .setTaskId(TaskID.newBuilder().setValue(TASK))
                        .setAgentId(offer.getAgentId())
                        .setCommand(CommandInfo.newBuilder().setValue("echo from rxjava"))
                        .addResources(scalar("cpus", 0.1))
                        .addResources(scalar("mem", 32));
        var operation = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
        operation.getLaunchBuilder().addTaskInfos(task);
        var call = Call.newBuilder().setType(Call.Type.ACCEPT).setFrameworkId(framework);
        call.getAcceptBuilder()
                .addOfferIds(offer.getId())
                .addOperations(operation)
                .setFilters(Filters.newBuilder().setRefuseSeconds(0));
        return call.build();
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setRole("*")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private Optional<SinkOperation<Call>> acknowledgement(TaskStatus status) {
        System.out.println("UPDATE " + status.getState() + " " + status.getMessage());
        if (status.getUuid().equals(ByteString.EMPTY)) return Optional.empty();
        var call =
                SchedulerCalls.ackUpdate(
                        framework, status.getUuid(), status.getAgentId(), status.getTaskId());
        boolean isLast = status.getState() == TaskState.TASK_FINISHED;
        return Optional.of(
                SinkOperations.sink(
                        call,
                        () -> {
                            System.out.println("ACKNOWLEDGED " + status.getState());
                            if (isLast) finish("FINISHED");
                        },
                        this::fail));
    }

    private synchronized void finish(String what) {
        System.out.println(what);
        done.add(what);
        // The library offers no way to end an open stream but to leave.
        if (done.containsAll(Set.of("LAUNCHED", "DECLINED", "FINISHED"))) System.exit(0);
    }

    private void fail(Throwable failure) {
        failure.printStackTrace(System.out);
        System.exit(1);
    }
}
