package io.meseta.agent.core.machine;

import io.meseta.agent.core.task.TaskEvent;
import io.meseta.model.Opaque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From events to what must now be done.
public final class Effects {

    private Effects() {}

    /// The effects of `events`, in this order: reports by their numbers, what is dropped, the end
    /// of the conversation, and one look at the processes.
    ///
    /// @param before the machine that the events happened to
    public static List<Effect> of(Machine before, List<Event> events) {
        var reports = new ArrayList<Effect>();
        var drops = new ArrayList<Effect>();
        var hangUps = new ArrayList<Effect>();
        Optional<Effect> settling = Optional.empty();
        var machine = before;
        for (var event : events) {
            switch (event) {
                case Event.OfTask(var key, var taskEvent) -> {
                    var task = machine.task(key);
                    if (taskEvent instanceof TaskEvent.Sent(var update, var number, _)) {
                        task.map(held -> new Effect.SendReport(number, held, update, held.latest()))
                                .ifPresent(reports::add);
                    }
                    if (taskEvent instanceof TaskEvent.Forgotten) {
                        task.map(Effect.DropCheckpoint::new).ifPresent(drops::add);
                    }
                }
                case Event.OutcomeSent(var outcome, var number) ->
                        reports.add(new Effect.SendOutcome(number, outcome));
                case Event.ResourcesConverted(var order, var conversion, _) -> {
                    var held = machine.holdings().after(order, conversion, Opaque.EMPTY);
                    settling =
                            Optional.of(
                                    new Effect.SettleVolumes(order, held.doomed(), held.volumes()));
                }
                case Event.StartedOver(), Event.SentAway _, Event.LeftForAWhile() ->
                        hangUps.add(new Effect.HangUp());
                case Event.Admitted _,
                        Event.EpochRaised _,
                        Event.DrainHeard _,
                        Event.OrderTaken _,
                        Event.OperationDropped _,
                        Event.VolumesSettled _,
                        Event.OutcomeHeard _,
                        Event.ReportsReserved _ -> {}
            }
            machine = machine.after(event);
        }
        var effects = new ArrayList<Effect>(reports);
        effects.addAll(drops);
        // The last says it all.
        settling.ifPresent(effects::add);
        effects.addAll(hangUps);
        if (!events.isEmpty()) effects.add(new Effect.Reconcile());
        return effects;
    }
}
