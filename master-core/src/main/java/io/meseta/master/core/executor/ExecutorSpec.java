package io.meseta.master.core.executor;

import io.meseta.model.ExecutorId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;

/// What a framework wants its tasks to be run by, as far as decisions need it.
///
/// @param resources what it uses beside its tasks; may be none
/// @param wire its `ExecutorInfo`: two that share an id on one agent must be the same
public record ExecutorSpec(ExecutorId id, Resources resources, Opaque wire) {}
