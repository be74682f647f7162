package io.meseta.master.operators;

import io.meseta.master.doors.Exchange;
import io.meseta.master.events.Audience.More;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a subscriber asks for beside what Mesos tells: by two headers, so that whoever does not
/// know them is told nothing new.
sealed interface Wishes {

    /// Asks for numbers on all events, and for more events by their names, such as `agents,
    /// operations`.
    String EVENTS = "Meseta-Events";

    /// The number of the last event that was read: what came after it follows.
    String AFTER = "Meseta-Resume-After";

    /// Nothing but the numbers, which come with all the others, too.
    String SEQUENCE = "sequence";

    String AGENTS = "agents";
    String OPERATIONS = "operations";
    String QUOTA = "quota";

    /// @param after the number after which to go on; empty for a whole state first
    record Stated(More more, Optional<Long> after) implements Wishes {}

    /// @param text for the caller
    record Mistaken(String text) implements Wishes {}

    static Wishes read(Exchange exchange) {
        var events = exchange.header(EVENTS);
        var after = exchange.header(AFTER);
        if (events.isEmpty() && after.isEmpty()) return new Stated(More.NOTHING, Optional.empty());
        var names = names(events.orElse(""));
        for (var name : names)
            if (!Set.of(SEQUENCE, AGENTS, OPERATIONS, QUOTA).contains(name))
                return new Mistaken(
                        "'%s' may name '%s', '%s', '%s' and '%s', and not '%s'"
                                .formatted(EVENTS, SEQUENCE, AGENTS, OPERATIONS, QUOTA, name));
        if (after.isPresent() && !after.get().matches("[0-9]{1,18}"))
            return new Mistaken("'" + AFTER + "' must be the number of an event");
        return new Stated(
                new More(
                        true,
                        names.contains(AGENTS),
                        names.contains(OPERATIONS),
                        names.contains(QUOTA)),
                after.map(Long::parseLong));
    }

    private static Set<String> names(String header) {
        var names = new TreeSet<String>();
        Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }
}
