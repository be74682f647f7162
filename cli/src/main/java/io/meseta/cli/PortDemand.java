package io.meseta.cli;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The ports that a task needs, in the order of being named.
record PortDemand(List<Wish> wishes) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final int PORT_MAX = 65_535;
    private static final String RESOURCE = "ports";
    private static final String AUTO = "auto";

    /// One port.
    ///
    /// @param number empty for any that is free
    record Wish(Optional<String> name, OptionalInt number) {

        static Wish parse(String text) {
            int equals = text.indexOf('=');
            var name =
                    equals < 0 ? Optional.<String>empty() : Optional.of(text.substring(0, equals));
            if (name.isPresent() && !NAME.matcher(name.get()).matches())
                throw new IllegalArgumentException(
                        "'" + name.get() + "' is no name for a port: letters, digits, and _.-");
            var number = text.substring(equals + 1);
            if (number.equals(AUTO)) return new Wish(name, OptionalInt.empty());
            int port = NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 0;
            if (port < 1 || port > PORT_MAX)
                throw new IllegalArgumentException(
                        "'" + number + "' is no port: 1 to " + PORT_MAX + ", or " + AUTO);
            return new Wish(name, OptionalInt.of(port));
        }

        /// Under which variable the task finds its number, beside that of its place.
        Optional<String> variable() {
            return name.map(
                    text -> "PORT_" + text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_"));
        }
    }

    /// Ports of an offer.
    ///
    /// @param resources with the offer's roles and reservations
    /// @param numbers in the order of the wishes
    record Taken(List<Resource> resources, List<Integer> numbers) {}

    PortDemand {
        wishes = List.copyOf(wishes);
        var variables = new HashSet<String>();
        var numbers = new HashSet<Integer>();
        for (var wish : wishes) {
            if (wish.variable().isPresent() && !variables.add(wish.variable().get()))
                throw new IllegalArgumentException(
                        "two ports would both be $" + wish.variable().get());
            if (wish.number().isPresent() && !numbers.add(wish.number().getAsInt()))
                throw new IllegalArgumentException(
                        "port " + wish.number().getAsInt() + " is named twice");
        }
    }

    /// @param texts each `[NAME=]PORT`, with a number or `auto`
    /// @throws IllegalArgumentException with words for the user
    static PortDemand parse(List<String> texts) {
        return new PortDemand(texts.stream().map(Wish::parse).toList());
    }

    /// The offered ports that these are; empty when they do not suffice.
    Optional<Taken> takenFrom(List<Resource> offered) {
        var numbers = new TreeMap<Integer, Integer>();
        var taken = new HashSet<Integer>();
        for (int i = 0; i < wishes.size(); i++) {
            var number = wishes.get(i).number();
            if (number.isEmpty()) continue;
            if (!isOffered(offered, number.getAsInt())) return Optional.empty();
            taken.add(number.getAsInt());
            numbers.put(i, number.getAsInt());
        }
        for (int i = 0; i < wishes.size(); i++) {
            if (wishes.get(i).number().isPresent()) continue;
            var any = any(offered, taken);
            if (any.isEmpty()) return Optional.empty();
            taken.add(any.getAsInt());
            numbers.put(i, any.getAsInt());
        }
        return Optional.of(new Taken(parts(offered, taken), List.copyOf(numbers.values())));
    }

    private static boolean isOffered(List<Resource> offered, int number) {
        return offered.stream().anyMatch(resource -> has(resource, number));
    }

    private static boolean has(Resource resource, int number) {
        return isPlain(resource)
                && resource.getRanges().getRangeList().stream()
                        .anyMatch(range -> range.getBegin() <= number && number <= range.getEnd());
    }

    /// Any but the one that was freed last: whoever still calls that one means another.
    private static OptionalInt any(List<Resource> offered, Set<Integer> taken) {
        var free =
                offered.stream()
                        .filter(PortDemand::isPlain)
                        .flatMap(resource -> resource.getRanges().getRangeList().stream())
                        .flatMapToInt(range ->
                                IntStream.rangeClosed(
                                        (int) Math.max(1, range.getBegin()),
                                        (int) Math.min(PORT_MAX, range.getEnd())))
                        .filter(number -> !taken.contains(number))
                        .toArray();
        if (free.length == 0) return OptionalInt.empty();
        return OptionalInt.of(free[ThreadLocalRandom.current().nextInt(free.length)]);
    }

    /// Each number from the first resource that has it.
    private static List<Resource> parts(List<Resource> offered, Set<Integer> taken) {
        var left = new HashSet<>(taken);
        var parts = new ArrayList<Resource>();
        for (var resource : offered) {
            var mine = left.stream().filter(number -> has(resource, number)).sorted().toList();
            if (mine.isEmpty()) continue;
            var ranges = Value.Ranges.newBuilder();
            for (int number : mine)
                ranges.addRange(Value.Range.newBuilder().setBegin(number).setEnd(number));
            parts.add(resource.toBuilder().setRanges(ranges).build());
            mine.forEach(left::remove);
        }
        return parts;
    }

    private static boolean isPlain(Resource resource) {
        return resource.getName().equals(RESOURCE)
                && resource.getType() == Value.Type.RANGES
                && !resource.hasRevocable()
                && !resource.hasShared();
    }

    /// As it is said after the amounts; nothing if there are none.
    @Override
    public String toString() {
        if (wishes.isEmpty()) return "";
        return ", ports "
                + wishes.stream()
                        .map(wish ->
                                wish.number().isPresent() ? "" + wish.number().getAsInt() : AUTO)
                        .collect(Collectors.joining(" "));
    }
}
