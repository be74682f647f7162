/// The few lines of JSON that are not protobuf messages: problem details, `/files/read`, an agent's
/// `/state`, and the launcher's own record.
///
/// Start at [Json]. Protobuf messages never come here: `mesos-api` has their codec.
@NullMarked
package io.meseta.client.json;

import org.jspecify.annotations.NullMarked;
