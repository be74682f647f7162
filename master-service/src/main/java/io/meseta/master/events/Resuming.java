package io.meseta.master.events;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Readers who bring a number from before the tape. They wait while the past is looked for, all of
/// them for the one that goes back furthest.
///
/// Used by one thread, but for the search itself, which has one of its own while it lasts.
final class Resuming {

    private final String name;
    private final Past past;
    private final Runnable wake;
    private final List<Subscriber> waiting = new ArrayList<>();
    private final AtomicReference<@Nullable Search> done = new AtomicReference<>();
    private boolean isSearching;

    /// One search, and what came of it.
    private record Search(long after, Position from, long until, Past.Outcome outcome) {}

    /// @param wake called once a search has ended
    Resuming(String name, Past past, Runnable wake) {
        this.name = name;
        this.past = past;
        this.wake = wake;
    }

    void await(Subscriber subscriber) {
        waiting.add(subscriber);
    }

    /// Goes on with the search; gives back those who need not wait any longer.
    List<Subscriber> turn(Tape tape) {
        var ended = done.getAndSet(null);
        var ready = new ArrayList<Subscriber>();
        if (ended != null) {
            isSearching = false;
            apply(ended, tape);
            for (var subscriber : waiting) if (isAnswered(subscriber, ended)) ready.add(subscriber);
            waiting.removeAll(ready);
        }
        waiting.removeIf(Subscriber::isGone);
        var now = tape.position();
        if (now.isEmpty() && !isSearching) {
            ready.addAll(waiting);
            waiting.clear();
        } else if (now.isPresent() && !isSearching) {
            furthest().ifPresent(each -> search(each.after(), now.get(), tape.floor()));
        }
        return ready;
    }

    /// What was found is of use only if the tape still begins where the search has ended.
    private static void apply(Search ended, Tape tape) {
        boolean fits = tape.isOf(ended.from().id().epoch()) && tape.floor() == ended.until();
        if (fits && ended.outcome() instanceof Past.Outcome.Found(var told))
            tape.prepend(ended.after(), told);
    }

    /// A search that failed says nothing about those who go back less far.
    private static boolean isAnswered(Subscriber subscriber, Search ended) {
        return switch (ended.outcome()) {
            case Past.Outcome.Found _ -> {
                if (subscriber.after() < ended.after()) yield false;
                subscriber.searched("too much has changed since");
                yield true;
            }
            case Past.Outcome.Lost(var reason) -> {
                if (subscriber.after() > ended.after()) yield false;
                subscriber.searched(reason);
                yield true;
            }
        };
    }

    private Optional<Subscriber> furthest() {
        return waiting.stream().min(Comparator.comparingLong(Subscriber::after));
    }

    private void search(long after, Position from, long until) {
        isSearching = true;
        Thread.ofPlatform()
                .daemon()
                .name(name + "-past")
                .start(() -> {
                    var outcome = outcome(after, until);
                    done.set(new Search(after, from, until, outcome));
                    wake.run();
                });
    }

    private Past.Outcome outcome(long after, long until) {
        try {
            return past.between(after, until);
        } catch (RuntimeException | Error fault) {
            // Whatever it was, its readers must not wait for ever: they begin anew.
            return new Past.Outcome.Lost("what came after that number could not be read: " + fault);
        }
    }
}
