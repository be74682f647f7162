/// How the gateway is put together, and what can be set about it.
///
/// Start at [GatewayProperties].
@NullMarked
package io.meseta.gateway.wiring;

import org.jspecify.annotations.NullMarked;
