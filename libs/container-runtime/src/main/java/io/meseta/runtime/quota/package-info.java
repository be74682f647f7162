/// How much of a disk directories may take, kept by the file system itself.
///
/// Start at [DirectoryQuotas].
@NullMarked
package io.meseta.runtime.quota;

import org.jspecify.annotations.NullMarked;
