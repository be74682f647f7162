package io.meseta.master.core.reign;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.OfferId;
import java.time.Instant;

/// One leadership: who leads, since when, and which ids it has given out.
///
/// The master id is new in each epoch, so that an id from one reign never means something in
/// another.
///
/// @param level what may be recorded; it outlives reigns and never falls
public record Reign(
        Epoch epoch,
        MasterId master,
        Instant since,
        Terms terms,
        long frameworks,
        long agents,
        long offers,
        FeatureLevel level) {

    public static final Reign NONE =
            new Reign(
                    Epoch.NONE,
                    new MasterId("none"),
                    Instant.EPOCH,
                    Terms.DEFAULT,
                    0,
                    0,
                    0,
                    FeatureLevel.FIRST);

    /// The reign of whoever leads after this one: with ids of its own, at the same level.
    public Reign followedBy(Epoch next, MasterId leader, Instant at, Terms others) {
        return new Reign(next, leader, at, others, 0, 0, 0, level);
    }

    /// The same at this level, or at its own if that is higher.
    public Reign raisedTo(FeatureLevel other) {
        var higher = level.covers(other) ? level : other;
        return new Reign(epoch, master, since, terms, frameworks, agents, offers, higher);
    }

    /// @param ahead how many ids are taken already by those who brought their own
    public FrameworkId nextFramework(int ahead) {
        return new FrameworkId("%s-%04d".formatted(master, frameworks + ahead));
    }

    /// @param ahead as for frameworks
    public AgentId nextAgent(int ahead) {
        return new AgentId(master + "-S" + (agents + ahead));
    }

    /// @param ahead how many ids a batch has taken already
    public OfferId nextOffer(int ahead) {
        return new OfferId(master + "-O" + (offers + ahead));
    }

    public Reign withFramework() {
        return new Reign(epoch, master, since, terms, frameworks + 1, agents, offers, level);
    }

    public Reign withAgent() {
        return new Reign(epoch, master, since, terms, frameworks, agents + 1, offers, level);
    }

    /// Offers do not outlive a leader's memory, and neither does their count.
    public Reign withoutOffers() {
        return new Reign(epoch, master, since, terms, frameworks, agents, 0, level);
    }

    public Reign withOffer() {
        return new Reign(epoch, master, since, terms, frameworks, agents, offers + 1, level);
    }
}
