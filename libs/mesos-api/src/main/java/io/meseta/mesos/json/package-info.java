/// Mesos' JSON, which is not protobuf's: field names as in the `.proto` files, 64-bit integers as
/// numbers, explicit defaults written out, and much forgiven when reading.
///
/// Start at [MesosJson]. Writing goes from the message's wire bytes straight to text
/// ([MessageWriter]), reading from Jackson's tokens into builders ([MessageReader]); both follow a
/// [MessagePlan] made once per message type.
@NullMarked
package io.meseta.mesos.json;

import org.jspecify.annotations.NullMarked;
