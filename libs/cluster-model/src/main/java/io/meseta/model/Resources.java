package io.meseta.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A bag of resources. Immutable and exact; each kind comes once, in the order of kinds, and
/// nothing in it is empty.
///
/// A shared kind is counted in **copies**: two tasks that use one volume of 64 MB have it in two
/// copies, and 64 MB of disk between them. All copies of a kind are of one amount.
///
/// Small sorted arrays rather than a map: five kinds are the rule, and the master adds and takes
/// away many thousands of times a second.
public final class Resources {

    public static final Resources EMPTY = new Resources(new Resource[0], new int[0]);

    /// Stands for "one copy of each": nearly all bags hold nothing shared twice.
    private static final int[] ONE_OF_EACH = new int[0];

    private final Resource[] entries;
    private final int[] copies;

    private Resources(Resource[] entries, int[] copies) {
        this.entries = entries;
        this.copies = copies;
    }

    /// The sum of the given resources; empty amounts vanish.
    ///
    /// @throws IllegalArgumentException if one kind comes with amounts of two types, or one shared
    ///   kind with two amounts
    /// @throws ArithmeticException if a sum does not fit
    public static Resources of(Resource... resources) {
        return of(Arrays.asList(resources));
    }

    /// The sum of the given resources, as for [#of(Resource...)].
    public static Resources of(Collection<Resource> resources) {
        return sum(List.copyOf(resources));
    }

    /// Unreserved CPUs and memory, in wire units.
    public static Resources ofScalars(double cpus, double memMb) {
        return of(
                new Resource(ResourceKind.plain("cpus"), Scalar.ofWire(cpus)),
                new Resource(ResourceKind.plain("mem"), Scalar.ofWire(memMb)));
    }

    /// Reads the agent's flag form: `cpus:4;mem(eng):1024;ports:[31000-32000];disks:{a,b}`.
    ///
    /// @throws IllegalArgumentException with a reason that quotes the faulty part
    public static Resources parse(String text) {
        return of(
                Arrays.stream(text.split(";", -1))
                        .filter(part -> !part.isBlank())
                        .map(Resource::parse)
                        .toList());
    }

    /// Adds in halves: the naive loop would copy a long list once per element.
    private static Resources sum(List<Resource> resources) {
        if (resources.isEmpty()) return EMPTY;
        if (resources.size() == 1) {
            var only = resources.getFirst();
            if (only.amount().isEmpty()) return EMPTY;
            return new Resources(new Resource[] {only}, ONE_OF_EACH);
        }
        int middle = resources.size() / 2;
        return sum(resources.subList(0, middle))
                .plus(sum(resources.subList(middle, resources.size())));
    }

    /// Both together.
    ///
    /// @throws IllegalArgumentException as for [#of(Resource...)]
    /// @throws ArithmeticException if a sum does not fit
    public Resources plus(Resources other) {
        if (isEmpty()) return other;
        if (other.isEmpty()) return this;
        var sum = new Assembly(entries.length + other.entries.length);
        int left = 0;
        int right = 0;
        while (left < entries.length && right < other.entries.length) {
            var mine = entries[left];
            var theirs = other.entries[right];
            int order = mine.kind().compareTo(theirs.kind());
            if (order < 0) {
                sum.add(mine, copies(left++));
            } else if (order > 0) {
                sum.add(theirs, other.copies(right++));
            } else if (mine.kind().shared()) {
                checkSameVolume(mine, theirs);
                sum.add(mine, Math.addExact(copies(left++), other.copies(right++)));
            } else {
                sum.add(new Resource(mine.kind(), mine.amount().plus(theirs.amount())), 1);
                left++;
                right++;
            }
        }
        for (; left < entries.length; left++) sum.add(entries[left], copies(left));
        for (; right < other.entries.length; right++) {
            sum.add(other.entries[right], other.copies(right));
        }
        return sum.toResources();
    }

    /// What is left.
    ///
    /// @throws IllegalArgumentException if this does not contain the other
    public Resources minus(Resources other) {
        var left = difference(other);
        if (left == null) {
            throw new IllegalArgumentException(this + " does not contain " + other);
        }
        return left;
    }

    /// What is left; empty if this does not contain the other.
    public Optional<Resources> minusIfContained(Resources other) {
        return Optional.ofNullable(difference(other));
    }

    /// What is left once the other is gone, of which there may be more than this holds: what lacks
    /// here is passed over. For [#minus] it would be an error.
    public Resources without(Resources other) {
        var contained = difference(other);
        if (contained != null) return contained;
        var left = new Assembly(entries.length);
        int right = 0;
        for (int i = 0; i < entries.length; i++) {
            var mine = entries[i];
            int order = 1;
            while (right < other.entries.length
                    && (order = mine.kind().compareTo(other.entries[right].kind())) > 0) {
                right++;
            }
            if (order != 0) {
                left.add(mine, copies(i));
            } else if (mine.kind().shared()) {
                left.add(mine, Math.max(0, copies(i) - other.copies(right)));
            } else {
                var amount = mine.amount().without(other.entries[right].amount());
                left.add(new Resource(mine.kind(), amount), 1);
            }
        }
        return left.toResources();
    }

    /// Whether the other can be taken away from this.
    @SuppressWarnings("ReferenceEquality") // a short cut: what is declined is often this very bag
    public boolean contains(Resources other) {
        if (this == other) return true;
        int left = 0;
        for (int right = 0; right < other.entries.length; right++) {
            var wanted = other.entries[right];
            int order = -1;
            while (left < entries.length
                    && (order = entries[left].kind().compareTo(wanted.kind())) < 0) {
                left++;
            }
            if (order != 0
                    || left == entries.length
                    || !covers(left, wanted, other.copies(right))) {
                return false;
            }
            left++;
        }
        return true;
    }

    /// Whether the other can be taken away from this as devices allow it: a disk that is never
    /// split goes as a whole, and so does a volume that keeps data.
    public boolean canGive(Resources other) {
        return contains(other)
                && other.stream()
                        .filter(wanted ->
                                wanted.kind().isIndivisible() || wanted.kind().isPersistentVolume())
                        .allMatch(wanted -> stream().anyMatch(wanted::equals));
    }

    public boolean isEmpty() {
        return entries.length == 0;
    }

    /// The sum of the scalars of that name over all kinds, in thousandths, shared ones once;
    /// [Long#MAX_VALUE] if it does not fit.
    public long scalar(String name) {
        long sum = 0;
        for (var entry : entries) {
            if (entry.kind().name().equals(name) && entry.amount() instanceof Scalar(long value)) {
                sum = saturatedSum(sum, value);
            }
        }
        return sum;
    }

    /// The scalars by name, as by [#scalar].
    public SortedMap<String, Long> scalarTotals() {
        var totals = new TreeMap<String, Long>();
        for (var entry : entries) {
            if (entry.amount() instanceof Scalar(long value)) {
                totals.merge(entry.kind().name(), value, Resources::saturatedSum);
            }
        }
        return Collections.unmodifiableSortedMap(totals);
    }

    public List<ResourceKind> kinds() {
        return stream().map(Resource::kind).toList();
    }

    /// Each kind once, in order, however many copies there are.
    public Stream<Resource> stream() {
        return Arrays.stream(entries);
    }

    /// How many copies there are of a kind: 0 or 1, more only if it is shared.
    public int copies(ResourceKind kind) {
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].kind().equals(kind)) return copies(i);
        }
        return 0;
    }

    /// What the predicate holds for, in as many copies.
    public Resources filter(Predicate<Resource> isWanted) {
        int start = 0;
        while (start < entries.length && isWanted.test(entries[start])) start++;
        if (start == entries.length) return this;
        var kept = new Assembly(entries.length);
        for (int i = 0; i < entries.length; i++) {
            if (i < start || (i > start && isWanted.test(entries[i])))
                kept.add(entries[i], copies(i));
        }
        return kept.toResources();
    }

    public Resources unreserved() {
        return filter(resource -> !resource.kind().isReserved());
    }

    /// What is reserved to exactly this role.
    public Resources reservedTo(Role role) {
        return filter(resource ->
                resource.kind().isReserved()
                        && resource.kind().reservations().getLast().role().equals(role));
    }

    /// What a framework of the role may be given: what is unreserved, or reserved to the role or
    /// one of its ancestors.
    public Resources allocatableTo(Role role) {
        return filter(resource -> resource.kind().isAllocatableTo(role));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof Resources that
                        && Arrays.equals(entries, that.entries)
                        && Arrays.equals(copies, that.copies));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    /// `cpus:4; ports:[31000-32000]`, as Mesos prints resources in its refusals.
    @Override
    public String toString() {
        return stream().map(Resource::toString).collect(Collectors.joining("; "));
    }

    /// Null stands for "not contained"; it does not leave this class.
    private @Nullable Resources difference(Resources other) {
        if (other.isEmpty()) return this;
        if (!contains(other)) return null;
        var rest = new Assembly(entries.length);
        int right = 0;
        for (int left = 0; left < entries.length; left++) {
            var mine = entries[left];
            if (right == other.entries.length || !mine.kind().equals(other.entries[right].kind())) {
                rest.add(mine, copies(left));
            } else if (mine.kind().shared()) {
                rest.add(mine, copies(left) - other.copies(right++));
            } else {
                var amount = mine.amount().minus(other.entries[right++].amount());
                rest.add(new Resource(mine.kind(), amount), 1);
            }
        }
        return rest.toResources();
    }

    private boolean covers(int index, Resource wanted, int wantedCopies) {
        var held = entries[index];
        if (held.kind().shared()) {
            return copies(index) >= wantedCopies && held.amount().equals(wanted.amount());
        }
        return held.amount().contains(wanted.amount());
    }

    private int copies(int index) {
        return copies.length == 0 ? 1 : copies[index];
    }

    private static void checkSameVolume(Resource left, Resource right) {
        if (!left.amount().equals(right.amount())) {
            throw new IllegalArgumentException(
                    "%s and %s are one shared resource of two sizes".formatted(left, right));
        }
    }

    private static long saturatedSum(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /// A bag in the making: entries come in order, empty ones are left out.
    private static final class Assembly {

        private final Resource[] entries;
        private final int[] copies;
        private int size;
        private boolean isCounted;

        Assembly(int sizeMax) {
            entries = new Resource[sizeMax];
            copies = new int[sizeMax];
        }

        void add(Resource entry, int copiesOfIt) {
            if (copiesOfIt == 0 || entry.amount().isEmpty()) return;
            entries[size] = entry;
            copies[size++] = copiesOfIt;
            if (copiesOfIt > 1) isCounted = true;
        }

        Resources toResources() {
            if (size == 0) return EMPTY;
            return new Resources(
                    Arrays.copyOf(entries, size),
                    isCounted ? Arrays.copyOf(copies, size) : ONE_OF_EACH);
        }
    }
}
