/// What the agent has to say, until the master has it.
///
/// Start at [ReportQueue]: reports wait here in their order, whether or not a master listens.
@NullMarked
package io.meseta.agent.reports;

import org.jspecify.annotations.NullMarked;
