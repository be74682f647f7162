package io.meseta.agent.operator;

import com.google.protobuf.ByteString;
import io.meseta.agent.containers.Containment;
import io.meseta.agent.files.FileAnswer;
import io.meseta.agent.files.FileEntry;
import io.meseta.agent.files.SandboxFiles;
import io.meseta.authorization.Action;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Verdict;
import io.meseta.images.reference.ImageFault;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.FileInfo;
import io.meseta.mesos.v1.Flag;
import io.meseta.mesos.v1.Metric;
import io.meseta.mesos.v1.TimeInfo;
import io.meseta.mesos.v1.VersionInfo;
import io.meseta.mesos.v1.agent.Call;
import io.meseta.mesos.v1.agent.Response;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.process.LogLevels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The answers to operators' calls.
public final class OperatorCalls {

    /// What a single READ_FILE gives at most.
    static final int READ_BYTES_MAX = 64 << 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_MAX = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

    /// For whoever has said who they are, which the route demands.
    private static final Verdict FOR_THE_KNOWN =
            new Verdict.Allowed(
                    new RuleId(RuleId.BUILT_IN, "for-the-known"), 0, "Everybody known may ask");

    /// Calls whose argument may be left out.
    private static final Set<Call.Type> MAY_LACK_ARGUMENT =
            Set.of(Call.Type.GET_CONTAINERS, Call.Type.PRUNE_IMAGES);

    /// An answer: a body, or a text with a status.
    sealed interface Answer {

        record Body(Response response) implements Answer {}

        record Done() implements Answer {}

        record Forbidden(Verdict.Denied denied) implements Answer {}

        record Text(int status, String text) implements Answer {}
    }

    private final About about;
    private final WireViews views;
    private final AgentMetrics metrics;
    private final SandboxFiles files;
    private final LogLevels logLevel;
    private final Rights rights;
    private final Means means;

    /// What calls are decided by, and what there is of containers.
    record Means(Rights rights, ContainerViews containers, Containment containment) {}

    OperatorCalls(
            About about,
            WireViews views,
            AgentMetrics metrics,
            SandboxFiles files,
            LogLevels logLevel,
            Means means) {
        this.about = about;
        this.views = views;
        this.metrics = metrics;
        this.files = files;
        this.logLevel = logLevel;
        this.rights = means.rights();
        this.means = means;
    }

    /// What is wrong with the call itself.
    static Optional<String> complaint(Call call) {
        if (!call.hasType()) return Optional.of("Expecting 'type' to be present");
        if (MAY_LACK_ARGUMENT.contains(call.getType())) return Optional.empty();
        var name = call.getType().name().toLowerCase(Locale.ROOT);
        var field = Call.getDescriptor().findFieldByName(name);
        return field == null || call.hasField(field)
                ? Optional.empty()
                : Optional.of("Expecting '" + name + "' to be present");
    }

    Answer answer(Call call, Caller caller) throws IOException {
        return switch (verdict(call, caller)) {
            case Verdict.Allowed _ ->
                    switch (call.getType()) {
                        case GET_OPERATIONS -> body(operations(caller));
                        case GET_CONTAINERS -> body(containers(call.getGetContainers(), caller));
                        default -> answer(call, views.of(rights.view(caller)));
                    };
            case Verdict.Denied denied -> new Answer.Forbidden(denied);
        };
    }

    /// Whether the call may be made at all; what it shows may be less than there is.
    private Verdict verdict(Call call, Caller caller) {
        return switch (call.getType()) {
            case GET_FLAGS -> rights.decide(caller, Action.VIEW_FLAGS);
            case SET_LOGGING_LEVEL -> rights.decide(caller, Action.SET_LOG_LEVEL);
            case PRUNE_IMAGES -> rights.decide(caller, Action.PRUNE_IMAGES);
            case LIST_FILES -> rights.file(caller, call.getListFiles().getPath());
            case READ_FILE -> rights.file(caller, call.getReadFile().getPath());
            default -> FOR_THE_KNOWN;
        };
    }

    @SuppressWarnings("deprecation") // Calls that have newer names are still known by the old ones.
    private Answer answer(Call call, WireViews seen) throws IOException {
        return switch (call.getType()) {
            case GET_HEALTH -> body(health());
            case GET_FLAGS -> body(flags());
            case GET_VERSION -> body(version());
            case GET_METRICS -> body(metrics());
            case GET_LOGGING_LEVEL -> body(loggingLevel());
            case SET_LOGGING_LEVEL -> setLoggingLevel(call.getSetLoggingLevel());
            case LIST_FILES -> list(call.getListFiles());
            case READ_FILE -> read(call.getReadFile());
            case GET_STATE -> body(state(seen));
            case GET_FRAMEWORKS ->
                    body(of(Response.Type.GET_FRAMEWORKS).setGetFrameworks(seen.frameworks()));
            case GET_EXECUTORS ->
                    body(of(Response.Type.GET_EXECUTORS).setGetExecutors(seen.executors()));
            case GET_TASKS -> body(of(Response.Type.GET_TASKS).setGetTasks(seen.tasks()));
            case GET_AGENT -> body(agent());
            case PRUNE_IMAGES -> prune(call.getPruneImages());
            case UNKNOWN -> new Answer.Text(501, "501 Not Implemented.");
            case GET_CONTAINERS,
                    LAUNCH_NESTED_CONTAINER,
                    WAIT_NESTED_CONTAINER,
                    KILL_NESTED_CONTAINER,
                    LAUNCH_NESTED_CONTAINER_SESSION,
                    ATTACH_CONTAINER_INPUT,
                    ATTACH_CONTAINER_OUTPUT,
                    REMOVE_NESTED_CONTAINER,
                    LAUNCH_CONTAINER,
                    WAIT_CONTAINER,
                    KILL_CONTAINER,
                    REMOVE_CONTAINER,
                    GET_RESOURCE_PROVIDERS,
                    ADD_RESOURCE_PROVIDER_CONFIG,
                    UPDATE_RESOURCE_PROVIDER_CONFIG,
                    REMOVE_RESOURCE_PROVIDER_CONFIG,
                    GET_OPERATIONS,
                    MARK_RESOURCE_PROVIDER_GONE ->
                    new Answer.Text(
                            501,
                            "The call " + call.getType() + " is not implemented by this agent");
        };
    }

    private Response.Builder containers(Call.GetContainers call, Caller caller) {
        var containers = Response.GetContainers.newBuilder();
        for (var each : means.containers().shown(rights.containers(caller), call.getShowNested()))
            containers.addContainers(each.container());
        var response = of(Response.Type.GET_CONTAINERS);
        // Where there are none, Mesos says nothing of them.
        return containers.getContainersCount() == 0
                ? response
                : response.setGetContainers(containers);
    }

    /// Without containers there are no images either.
    private Answer prune(Call.PruneImages call) {
        if (!(means.containment() instanceof Containment.Able able)) return new Answer.Done();
        try {
            able.images().prune(call.getExcludedImagesList());
            return new Answer.Done();
        } catch (ImageFault fault) {
            boolean isTheirs = fault.kind() == ImageFault.Kind.INVALID;
            return new Answer.Text(isTheirs ? 400 : 500, String.valueOf(fault.getMessage()));
        }
    }

    private Response.Builder operations(Caller caller) {
        return of(Response.Type.GET_OPERATIONS)
                .setGetOperations(OperationViews.of(views.machine(), rights.roles(caller)));
    }

    private static Response.Builder of(Response.Type type) {
        return Response.newBuilder().setType(type);
    }

    private static Response.Builder health() {
        return of(Response.Type.GET_HEALTH)
                .setGetHealth(Response.GetHealth.newBuilder().setHealthy(true));
    }

    private Response.Builder version() {
        var version = VersionInfo.newBuilder().setVersion(about.version());
        return of(Response.Type.GET_VERSION)
                .setGetVersion(Response.GetVersion.newBuilder().setVersionInfo(version));
    }

    private Response.Builder loggingLevel() {
        return of(Response.Type.GET_LOGGING_LEVEL)
                .setGetLoggingLevel(
                        Response.GetLoggingLevel.newBuilder().setLevel((int) logLevel.level()));
    }

    private Answer setLoggingLevel(Call.SetLoggingLevel wanted) {
        var time = Duration.ofNanos(Math.max(0, wanted.getDuration().getNanoseconds()));
        logLevel.set(Integer.toUnsignedLong(wanted.getLevel()), time);
        return new Answer.Done();
    }

    private static Response.Builder state(WireViews seen) {
        return of(Response.Type.GET_STATE)
                .setGetState(
                        Response.GetState.newBuilder()
                                .setGetTasks(seen.tasks())
                                .setGetExecutors(seen.executors())
                                .setGetFrameworks(seen.frameworks()));
    }

    private Response.Builder flags() {
        var flags = Response.GetFlags.newBuilder();
        about.flags()
                .forEach((name, value) ->
                        flags.addFlags(Flag.newBuilder().setName(name).setValue(value)));
        return Response.newBuilder().setType(Response.Type.GET_FLAGS).setGetFlags(flags);
    }

    private Response.Builder metrics() {
        var all = Response.GetMetrics.newBuilder();
        metrics.snapshot()
                .forEach((name, value) ->
                        all.addMetrics(Metric.newBuilder().setName(name).setValue(value)));
        return Response.newBuilder().setType(Response.Type.GET_METRICS).setGetMetrics(all);
    }

    private Response.Builder agent() {
        var info = about.description().toBuilder();
        views.machine()
                .agent()
                .ifPresent(id -> info.setId(AgentID.newBuilder().setValue(id.value())));
        var agent = Response.GetAgent.newBuilder().setAgentInfo(info);
        views.machine()
                .drain()
                .ifPresent(drain ->
                        agent.setDrainConfig(DrainViews.config(drain))
                                .setEstimatedDrainStartTime(DrainViews.since(drain)));
        return Response.newBuilder().setType(Response.Type.GET_AGENT).setGetAgent(agent);
    }

    private Answer list(Call.ListFiles call) {
        var entries = files.list(call.getPath());
        if (entries.isEmpty()) return new Answer.Text(404, "");
        var list = Response.ListFiles.newBuilder();
        for (var entry : entries.get()) list.addFileInfos(fileInfo(entry));
        return body(Response.newBuilder().setType(Response.Type.LIST_FILES).setListFiles(list));
    }

    private Answer read(Call.ReadFile call) throws IOException {
        return switch (files.open(call.getPath())) {
            case FileAnswer.NotFound() -> new Answer.Text(404, "");
            case FileAnswer.IsDirectory() -> new Answer.Text(400, "Cannot read a directory.\n");
            case FileAnswer.Opened(_, var size, var channel) -> {
                try (channel) {
                    long wanted = call.hasLength() ? call.getLength() : READ_BYTES_MAX;
                    int length =
                            wanted < 0 ? READ_BYTES_MAX : (int) Math.min(wanted, READ_BYTES_MAX);
                    var data = ByteBuffer.allocate(length);
                    if (call.getOffset() >= 0 && call.getOffset() < size) {
                        channel.position(call.getOffset());
                        while (data.hasRemaining() && channel.read(data) >= 0) {
                            // Until the buffer is full or the file ends.
                        }
                    }
                    yield body(
                            Response.newBuilder()
                                    .setType(Response.Type.READ_FILE)
                                    .setReadFile(
                                            Response.ReadFile.newBuilder()
                                                    .setSize(size)
                                                    .setData(ByteString.copyFrom(data.flip()))));
                }
            }
        };
    }

    static FileInfo fileInfo(FileEntry entry) {
        // To the second, as `/files/browse` has it. A file may be of any year, which 64 bits of
        // nanoseconds are not.
        long seconds = Math.clamp(entry.modified().getEpochSecond(), -SECONDS_MAX, SECONDS_MAX);
        long modified = seconds * NANOS_PER_SECOND;
        return FileInfo.newBuilder()
                .setPath(entry.path())
                .setNlink(entry.links())
                .setSize(entry.size())
                .setMtime(TimeInfo.newBuilder().setNanoseconds(modified))
                .setMode(entry.mode())
                .setUid(entry.owner())
                .setGid(entry.group())
                .build();
    }

    private static Answer body(Response.Builder response) {
        return new Answer.Body(response.build());
    }
}
