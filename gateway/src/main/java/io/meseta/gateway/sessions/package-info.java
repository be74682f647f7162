/// People at a browser: their tokens stay here, and the browser has a cookie that only a gateway
/// can use.
///
/// Start at [Sessions]. What a token allows is not known here.
@NullMarked
package io.meseta.gateway.sessions;

import org.jspecify.annotations.NullMarked;
