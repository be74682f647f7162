/// Secret values on their way: sealed where they come in, opened where they are used, and nowhere
/// readable in between.
///
/// Start at [SecretValues], which finds them; an agent has an [OpeningKey], and whoever orders it
/// something the [SealingKey] to it. Who may have a secret is decided elsewhere.
@NullMarked
package io.meseta.mesos.secrets;

import org.jspecify.annotations.NullMarked;
