package io.meseta.master.history;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Entry;
import io.meseta.master.journal.codec.RandomFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A cluster's life by chance: entries that a master could have written, one a second.
public record Life(List<Entry> entries, Cluster end) {

    public static final Epoch EPOCH = new Epoch(1);
    public static final Instant BEGINNING = Instant.parse("2026-06-01T00:00:00Z");

    public static Life of(long seed, int count) {
        var random = new Random(seed);
        var facts = new RandomFacts(random);
        var entries = new ArrayList<Entry>();
        var state = Cluster.EMPTY;
        while (entries.size() < count) {
            var events = new ArrayList<Event>();
            int size = 1 + random.nextInt(8);
            while (events.size() < size) {
                var event = facts.event();
                // Mostly about tasks that there are, or few of them would come to an end.
                boolean isOfTask = random.nextInt(4) > 0;
                while (isOfTask && !(event instanceof Event.OfTask)) event = facts.event();
                event = met(event, state, random);
                if (!RandomFacts.isPossible(state, event)) continue;
                events.add(event);
                state = state.after(event);
            }
            long sequence = entries.size() + 1L;
            entries.add(new Entry(sequence, EPOCH, BEGINNING.plusSeconds(sequence), events));
        }
        return new Life(entries, state);
    }

    /// The same of a task that there is.
    private static Event met(Event event, Cluster state, Random random) {
        int size = state.tasks().size();
        if (size == 0 || !(event instanceof Event.OfTask(var each))) return event;
        var key = state.tasks().all().skip(random.nextInt(size)).findFirst().orElseThrow().key();
        return switch (each) {
            case TaskEvent.StatusReceived(_, var status, var newest, var at) ->
                    new Event.OfTask(new TaskEvent.StatusReceived(key, status, newest, at));
            case TaskEvent.StatusDeclared(_, var status) ->
                    new Event.OfTask(new TaskEvent.StatusDeclared(key, status));
            case TaskEvent.EndAcknowledged(_, var uuid, var at) ->
                    new Event.OfTask(new TaskEvent.EndAcknowledged(key, uuid, at));
            case TaskEvent.TaskLaunched _,
                    TaskEvent.KillWanted _,
                    TaskEvent.StatusRepeated _,
                    TaskEvent.StatusAcknowledged _,
                    TaskEvent.StatusAnswered _,
                    TaskEvent.StrayReported _ ->
                    event;
        };
    }

    /// What ended on the way.
    List<Endings.EndedTask> tasks() {
        var tasks = new ArrayList<Endings.EndedTask>();
        var state = Cluster.EMPTY;
        for (var entry : entries) {
            tasks.addAll(Endings.of(state, entry.sequence(), entry.events()).tasks());
            for (var event : entry.events()) state = state.after(event);
        }
        return tasks;
    }

    /// The state after so many entries.
    public Cluster after(int count) {
        var state = Cluster.EMPTY;
        for (var entry : entries.subList(0, count))
            for (var event : entry.events()) state = state.after(event);
        return state;
    }
}
