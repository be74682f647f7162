/// Calls to microservices: which instance, as whom, and what if one does not answer.
///
/// Start at [ServiceCalls]. Whether the caller may call is asked before; the way there is
/// `forwarding`'s.
@NullMarked
package io.meseta.gateway.services;

import org.jspecify.annotations.NullMarked;
