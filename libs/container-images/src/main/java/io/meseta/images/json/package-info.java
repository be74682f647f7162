/// JSON of strangers as a tree of ours, with limits that hold before anything is built.
///
/// Start at [Json#parse]. What the words mean is for others to say.
@NullMarked
package io.meseta.images.json;

import org.jspecify.annotations.NullMarked;
