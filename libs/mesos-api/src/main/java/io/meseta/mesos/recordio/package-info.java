/// RecordIO, the framing of Mesos streams: a length in decimal digits, a newline, that many bytes.
///
/// Start at [RecordDecoder]. Nothing here knows what a record holds, and only [RecordReader] waits.
@NullMarked
package io.meseta.mesos.recordio;

import org.jspecify.annotations.NullMarked;
