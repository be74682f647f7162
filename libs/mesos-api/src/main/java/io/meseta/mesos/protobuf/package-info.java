/// Protobuf bodies that strangers sent, read within limits.
///
/// There is only [MesosProtobuf]. Every body or record from outside goes through it, so that the
/// limits stand in one place.
@NullMarked
package io.meseta.mesos.protobuf;

import org.jspecify.annotations.NullMarked;
