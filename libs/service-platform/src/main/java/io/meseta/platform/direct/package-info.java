/// Routes beside Spring MVC, for calls that come by the thousand each second: the frameworks' and
/// the agents'. What stands before every route (ids, limits, open mode's guard) stands before these
/// too; who calls is found out in the same way; only what routes in general need is left out.
///
/// Start at [DirectRoute]. Which routes there are is a service's own affair.
@NullMarked
package io.meseta.platform.direct;

import org.jspecify.annotations.NullMarked;
