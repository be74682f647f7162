/// The policies that a new cluster begins with.
///
/// Start at [StarterPolicies]; the texts lie beside it as resources, for people to copy and change.
@NullMarked
package io.meseta.authorization.starter;

import org.jspecify.annotations.NullMarked;
