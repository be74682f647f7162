/// Machines' agents, and the tokens by which new ones join.
///
/// Start at [AgentsDesk]. Nothing here knows HTTP or rows.
@NullMarked
package io.meseta.auth.agents;

import org.jspecify.annotations.NullMarked;
