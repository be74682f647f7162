/// The Java client of the Mesos v1 API and of our own.
///
/// Start at [Master] for the operator calls and our own routes, at [Subscription] for a framework's
/// conversation, at [Agent] for sandboxes. Every call has a limit in time and in bytes. No Spring,
/// and no decisions: whoever retries owns the loop.
@NullMarked
package io.meseta.client;

import org.jspecify.annotations.NullMarked;
