package io.meseta.testkit.cluster;

import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;

/// A task as a test needs it: what is not said is as usual.
public record TaskDraft(String id, Resources resources) {

    /// With one CPU and 128 MB.
    public static TaskDraft aTask(String id) {
        return new TaskDraft(id, Resources.ofScalars(1, 128));
    }

    /// @param text as in `cpus:1;mem:128`
    public TaskDraft needing(String text) {
        return new TaskDraft(id, Resources.parse(text));
    }

    /// The task as it would be launched with what this offer holds.
    public Proposal on(Offer offer) {
        var spec = new TaskSpec(new TaskId(id), id, offer.grant().role(), resources, Opaque.EMPTY);
        return new Proposal.Wellformed(spec, offer.agent());
    }
}
