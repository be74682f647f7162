/// JSON of container runtimes: maps, lists, texts and numbers, written and read.
///
/// Start at [JsonText]. What the words mean is for others to say.
@NullMarked
package io.meseta.runtime.json;

import org.jspecify.annotations.NullMarked;
