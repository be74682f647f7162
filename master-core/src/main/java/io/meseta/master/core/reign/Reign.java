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
public record Reign(
        Epoch epoch,
        MasterId master,
        Instant since,
        Terms terms,
        long frameworks,
        long agents,
        long offers) {

    public static final Reign NONE =
            new Reign(Epoch.NONE, new MasterId("none"), Instant.EPOCH, Terms.DEFAULT, 0, 0, 0);

    public static Reign of(Epoch epoch, MasterId master, Instant since, Terms terms) {
        return new Reign(epoch, master, since, terms, 0, 0, 0);
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
        return new Reign(epoch, master, since, terms, frameworks + 1, agents, offers);
    }

    public Reign withAgent() {
        return new Reign(epoch, master, since, terms, frameworks, agents + 1, offers);
    }

    /// Offers do not outlive a leader's memory, and neither does their count.
    public Reign withoutOffers() {
        return new Reign(epoch, master, since, terms, frameworks, agents, 0);
    }

    public Reign withOffer() {
        return new Reign(epoch, master, since, terms, frameworks, agents, offers + 1);
    }
}
