/// The data path: one request in, one request out, both streaming, and what must not pass.
///
/// Start at [Forwarder]. Nothing here decides who may go where, or tries anything twice: it says
/// how far a request came, and whoever sent it decides (decision 0013).
@NullMarked
package io.meseta.gateway.forwarding;

import org.jspecify.annotations.NullMarked;
