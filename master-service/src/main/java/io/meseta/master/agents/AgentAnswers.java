package io.meseta.master.agents;

import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.upkeep.UpkeepRefusal;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.AgentWords;
import io.meseta.mesos.recordio.RecordWriter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the agent link says no.
final class AgentAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(AgentAnswers.class);

    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int CONFLICT = 409;

    private final Leadership leadership;
    private final Domains domains;

    AgentAnswers(Leadership leadership, Domains domains) {
        this.leadership = leadership;
        this.domains = domains;
    }

    /// Where agents may be.
    Domains domains() {
        return domains;
    }

    void refuse(Exchange exchange, Refusal refusal) throws IOException {
        switch (refusal) {
            case Refusal.NotLeading _ -> exchange.unavailable("This master does not lead any more");
            case Refusal.EpochBehind(var agent, var seen) -> {
                LOG.atError()
                        .addKeyValue("agent", agent)
                        .addKeyValue("seen", seen.number())
                        .log("An agent has taken orders in a later epoch than this one");
                leadership.epochBehind(seen);
                exchange.unavailable(
                        "This master will lead in a later epoch: say hello again in a moment");
            }
            case Refusal.UnknownAgent _ ->
                    exchange.text(CONFLICT, "This agent is not known here: say hello");
            case Refusal.StaleLink _ ->
                    exchange.text(CONFLICT, "This link is not the agent's newest: say hello");
            case Refusal.TooMuch(var what, var limit) ->
                    exchange.text(BAD_REQUEST, "No agent may have more than " + limit + " " + what);
            case Refusal.VolumeResized(_, var said, var used) ->
                    exchange.text(
                            BAD_REQUEST,
                            "The shared volume '"
                                    + said
                                    + "' is in use as '"
                                    + used
                                    + "': while it is, its size can't change");
            case Refusal.OfUpkeep(var why) -> barred(exchange, why);
            case Refusal.UnknownFramework _,
                    Refusal.CompletedFramework _,
                    Refusal.PrincipalDiffers _,
                    Refusal.NotSubscribed _,
                    Refusal.StreamIdMissing _,
                    Refusal.StreamIdDiffers _,
                    Refusal.OfOperation _,
                    Refusal.QuotaRefused _,
                    Refusal.UnknownTask _ ->
                    throw new IllegalStateException("not an answer to an agent: " + refusal);
        }
    }

    /// One that is gone for good is told so in the only words that it believes; one whose machine
    /// is down may ask again.
    private static void barred(Exchange exchange, UpkeepRefusal why) throws IOException {
        switch (why) {
            case UpkeepRefusal.Gone _ -> {
                var goodbye =
                        AgentWords.goodbye(
                                Effect.Then.STAY_AWAY, "an operator has marked this agent gone");
                exchange.response().setHeader(AgentLinkApi.STREAM_ID, "none");
                exchange.bytes(
                        Format.PROTOBUF.mediaType(), RecordWriter.frame(goodbye.toByteArray()));
            }
            case UpkeepRefusal.MachineDown _ ->
                    exchange.text(FORBIDDEN, "This agent's machine is under maintenance");
            case UpkeepRefusal.AgentUnknown _,
                    UpkeepRefusal.NotDeactivated _,
                    UpkeepRefusal.StillDraining _,
                    UpkeepRefusal.NotDraining _,
                    UpkeepRefusal.CannotDrain _,
                    UpkeepRefusal.UnderMaintenance _,
                    UpkeepRefusal.MachineUnfit _ ->
                    throw new IllegalStateException("not an answer to an agent: " + why);
        }
    }
}
