/// How a Mesos installation moves over: its ACL file and its credentials.
///
/// Start at [AclFile]. An ACL list is read from its top and the first match decides; here a rule
/// that denies wins. The translation keeps each decision, or is refused.
@NullMarked
package io.meseta.authorization.mesos;

import org.jspecify.annotations.NullMarked;
