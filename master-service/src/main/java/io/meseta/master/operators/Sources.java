package io.meseta.master.operators;

import io.meseta.master.roles.RoleCalls;
import io.meseta.master.self.OwnCalls;

/// Where answers come from.
///
/// @param showing the cluster
/// @param facts this master as a part of it
/// @param own this master's log
/// @param roles weights and quota, too
record Sources(Showing showing, Facts facts, OwnCalls own, RoleCalls roles) {}
