package io.meseta.master.journal.codec;

import io.meseta.allocator.MinAllocatable;
import io.meseta.allocator.constraint.Place;
import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.Site;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.task.WantedKill;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Amount;
import io.meseta.model.Disk;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Items;
import io.meseta.model.Labels;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.Principal;
import io.meseta.model.Priority;
import io.meseta.model.Ranges;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/// Values of every sort that events carry, from a seeded source.
final class RandomValues {

    private static final List<String> TEXTS =
            List.of("a", "eng", "with space", "größe", "日本語", "🙂", "x".repeat(200));

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    FrameworkId frameworkId() {
        return new FrameworkId("framework-" + random.nextInt(20));
    }

    AgentId agentId() {
        return new AgentId("agent-" + random.nextInt(20));
    }

    TaskId taskId() {
        return new TaskId("task-" + random.nextInt(1000));
    }

    MasterId masterId() {
        return new MasterId(uuid().toString());
    }

    Terms terms() {
        return new Terms(
                span(),
                span(),
                span(),
                maybe(this::text),
                random.nextBoolean() ? span() : Duration.ZERO,
                maybe(this::offerTerms).orElse(OfferTerms.NONE));
    }

    private OfferTerms offerTerms() {
        return new OfferTerms(
                random.nextBoolean() ? Sorter.DRF : Sorter.RANDOM,
                random.nextBoolean() ? span() : Duration.ZERO,
                1.0 / (1 + random.nextInt(8)),
                Duration.ofMillis(1 + random.nextInt(600_000)),
                random.nextBoolean() ? span() : OfferTerms.DEPARTURE_HORIZON);
    }

    Sharing sharing() {
        return new Sharing(
                random.nextBoolean(), priority(), random.nextBoolean(), random.nextBoolean());
    }

    private Priority priority() {
        return new Priority(random.nextInt(2 * Priority.MOST + 1) - Priority.MOST);
    }

    private Preemption preemption() {
        return new Preemption(
                role(),
                random.nextBoolean() ? Optional.of(frameworkId()) : Optional.empty(),
                random.nextBoolean() ? Preemption.Cause.PRIORITY : Preemption.Cause.GUARANTEE,
                priority(),
                priority(),
                time());
    }

    Duration span() {
        return Duration.ofNanos(1 + random.nextLong(1L << 50));
    }

    TaskKey taskKey() {
        return new TaskKey(frameworkId(), taskId());
    }

    OperationKey operationKey() {
        return new OperationKey(agentId(), 1 + random.nextInt(3));
    }

    Optional<OperationId> operationId() {
        return maybe(() -> new OperationId("operation-" + random.nextInt(3)));
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    long number() {
        return random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
    }

    /// Also before 1970, and to the nanosecond.
    Instant time() {
        return Instant.ofEpochSecond(
                random.nextLong(-1_000_000, 4_000_000_000L), random.nextInt(1_000_000_000));
    }

    String text() {
        return random.nextInt(5) == 0 ? "" : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    Opaque opaque() {
        var bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(300)];
        random.nextBytes(bytes);
        return Opaque.of(bytes);
    }

    Role role() {
        return switch (random.nextInt(4)) {
            case 0 -> Role.ANY;
            case 1 -> new Role("eng");
            case 2 -> new Role("eng/web");
            default -> new Role("eng/web/front");
        };
    }

    <E extends Enum<E>> E any(Class<E> type) {
        var all = type.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    private <E extends Enum<E>> Set<E> some(Class<E> type) {
        var some = EnumSet.noneOf(type);
        for (var each : type.getEnumConstants()) if (random.nextBoolean()) some.add(each);
        return some;
    }

    <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    FrameworkProfile frameworkProfile() {
        var roles = new TreeSet<Role>();
        for (int i = random.nextInt(3); i >= 0; i--) roles.add(role());
        return new FrameworkProfile(
                new FrameworkProfile.Identity(
                        text(),
                        maybe(() -> new Principal("principal-" + text())),
                        random.nextBoolean()),
                text(),
                roles,
                some(FrameworkCapability.class),
                span(),
                minAllocatable(),
                opaque());
    }

    private SortedMap<Role, MinAllocatable> minAllocatable() {
        var byRole = new TreeMap<Role, MinAllocatable>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var any = new ArrayList<SortedMap<String, Long>>();
            for (int j = random.nextInt(3); j > 0; j--)
                any.add(new TreeMap<>(Map.of(text(), number())));
            byRole.put(role(), new MinAllocatable(any));
        }
        return byRole;
    }

    private Site site() {
        var attributes = new TreeMap<String, Optional<String>>();
        for (int i = random.nextInt(3); i > 0; i--) attributes.put(text(), maybe(this::text));
        return new Site(
                text(),
                random.nextBoolean(),
                maybe(() -> new Place.FaultDomain(text(), text())),
                attributes);
    }

    AgentProfile agentProfile() {
        return new AgentProfile(
                "host-" + text(),
                random.nextInt(65_536),
                resources(),
                some(AgentCapability.class),
                text(),
                opaque(),
                site());
    }

    TaskSpec taskSpec(TaskId id) {
        var resources = resources().plus(Resources.ofScalars(0.1, 32));
        var home =
                random.nextBoolean()
                        ? new Home.Own()
                        : new Home.In(
                                new ExecutorId("executor-" + random.nextInt(2)),
                                random.nextBoolean());
        var labelled = random.nextBoolean() ? Optional.of(priority()) : Optional.<Priority>empty();
        return new TaskSpec(id, text(), role(), resources, opaque(), home, labelled);
    }

    Placement placement() {
        return new Placement(agentId(), number(), time());
    }

    WantedKill kill() {
        return new WantedKill(
                number(),
                opaque(),
                random.nextBoolean() ? Optional.of(preemption()) : Optional.empty());
    }

    Status status() {
        var origin =
                new Status.Origin(
                        any(StatusSource.class), maybe(() -> any(StatusReason.class)), time());
        return new Status(any(TaskState.class), origin, text(), maybe(this::uuid), opaque());
    }

    Resources resources() {
        var all = new ArrayList<Resource>();
        for (int i = random.nextInt(6); i > 0; i--) all.add(resource());
        var sum = Resources.EMPTY;
        for (var each : all) {
            int copies = each.kind().shared() ? 1 + random.nextInt(3) : 1;
            // A shared volume has one size, so it comes once, in several copies.
            if (each.kind().shared() && sum.copies(each.kind()) > 0) continue;
            for (int copy = 0; copy < copies; copy++) sum = sum.plus(Resources.of(each));
        }
        return sum;
    }

    private Resource resource() {
        var name = List.of("cpus", "mem", "disk", "ports", "disks").get(random.nextInt(5));
        boolean isShared = name.equals("disk") && random.nextBoolean();
        var kind =
                new ResourceKind(
                        name,
                        reservations(),
                        maybe(this::disk),
                        random.nextInt(4) == 0,
                        isShared,
                        maybe(() -> "provider-" + random.nextInt(3)));
        // All copies of a shared volume are of one size.
        return new Resource(kind, kind.shared() ? Scalar.ofUnits(64) : amount(name));
    }

    private Amount amount(String name) {
        return switch (name) {
            case "ports" -> ranges();
            case "disks" -> Items.of(List.of("sda", "sdb" + random.nextInt(4), text() + "x"));
            default -> new Scalar(1 + random.nextLong(1L << 40));
        };
    }

    private Ranges ranges() {
        var ranges = new ArrayList<Ranges.Range>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            long begin = random.nextInt(60_000);
            ranges.add(new Ranges.Range(begin, begin + random.nextInt(100)));
        }
        return new Ranges(ranges);
    }

    private List<Reservation> reservations() {
        var all =
                List.of(
                        new Reservation(
                                any(Reservation.Type.class),
                                new Role("eng"),
                                maybe(this::text),
                                labels()),
                        dynamic("eng/web"),
                        dynamic("eng/web/front"));
        return all.subList(0, random.nextInt(all.size() + 1));
    }

    private Reservation dynamic(String role) {
        return new Reservation(
                Reservation.Type.DYNAMIC, new Role(role), maybe(this::text), labels());
    }

    private Labels labels() {
        var labels = new ArrayList<Labels.Label>();
        for (int i = random.nextInt(3); i > 0; i--)
            labels.add(new Labels.Label(text(), maybe(this::text)));
        return new Labels(labels);
    }

    private Disk disk() {
        return new Disk(
                maybe(() ->
                        new Disk.Persistence(
                                "volume-" + random.nextInt(9),
                                maybe(this::text),
                                text(),
                                any(Disk.Mode.class))),
                maybe(() ->
                        new Disk.DiskSource(
                                any(Disk.DiskSource.Type.class),
                                maybe(this::text),
                                maybe(this::text),
                                maybe(this::text),
                                maybe(this::text),
                                labels())));
    }
}
