/// Which media types a caller takes.
@NullMarked
package io.meseta.agent.media;

import org.jspecify.annotations.NullMarked;
