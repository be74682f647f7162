package io.meseta.allocator;

import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.want.GangSet;
import io.meseta.allocator.want.Gatherer;
import io.meseta.model.AgentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives a gang all that it lacks at once, of what nobody else has taken; or nothing. Used once,
/// after everybody has been served.
final class Completion {

    /// So many agents are looked at for one gang: it takes the writer's time.
    private static final int LOOKS_MAX = 1_000;

    private final Allowances allowances;
    private final Function<AgentId, @Nullable Turn> turns;
    private final List<AgentId> agents;

    /// @param turns what is left of an agent; null for none
    /// @param agents in the order in which they are looked at
    Completion(
            Allowances allowances, Function<AgentId, @Nullable Turn> turns, List<AgentId> agents) {
        this.allowances = allowances;
        this.turns = turns;
        this.agents = List.copyOf(agents);
    }

    private record Taken(Turn turn, Gatherer.Piece piece) {}

    /// The missing sets of each of the claimant's gangs that can be had whole.
    List<Round.Hold> of(Candidate candidate) {
        var holds = new ArrayList<Round.Hold>();
        var names = new LinkedHashSet<String>();
        for (var set : candidate.sets()) names.add(set.gang());
        for (var name : names) holds.addAll(whole(candidate, name));
        return holds;
    }

    private List<Round.Hold> whole(Candidate candidate, String name) {
        var lacking = new ArrayList<GangSet>();
        for (var set : candidate.sets()) if (set.gang().equals(name)) lacking.add(set);
        var taken = new ArrayList<Taken>();
        int looks = 0;
        for (var agent : agents) {
            if (lacking.isEmpty() || ++looks > LOOKS_MAX) break;
            var turn = turns.apply(agent);
            if (turn == null) continue;
            // Ends: each turn of it leaves one set less.
            while (!lacking.isEmpty()) {
                var piece = candidate.piece(turn, lacking);
                if (piece == null) break;
                turn.take(piece.part());
                allowances.take(candidate.allowance, piece.part());
                lacking.remove(piece.set());
                taken.add(new Taken(turn, piece));
            }
        }
        if (lacking.isEmpty()) return given(candidate, taken);
        for (var each : taken.reversed()) {
            each.turn().giveBack(each.piece().part());
            allowances.giveBack(candidate.allowance, each.piece().part());
        }
        return List.of();
    }

    private static List<Round.Hold> given(Candidate candidate, List<Taken> taken) {
        var holds = new ArrayList<Round.Hold>();
        for (var each : taken) {
            candidate.gathered(each.piece());
            holds.add(candidate.hold(each.turn().agent, each.piece()));
        }
        return holds;
    }
}
