/// Long answers: streams to frameworks, operators and agents, without a thread each.
///
/// Start at [StreamOutboxes#open]. A stream is bounded in bytes, watched for stalls, and tells once
/// why it ended. What the frames mean is not known here.
@NullMarked
package io.meseta.platform.streams;

import org.jspecify.annotations.NullMarked;
