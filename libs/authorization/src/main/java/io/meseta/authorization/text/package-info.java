/// Texts that people write, as trees that know where each word stands.
///
/// Start at [Document]. YAML and JSON give the same tree; limits on size and depth hold before
/// anything is built. What the words mean is for others to say.
@NullMarked
package io.meseta.authorization.text;

import org.jspecify.annotations.NullMarked;
