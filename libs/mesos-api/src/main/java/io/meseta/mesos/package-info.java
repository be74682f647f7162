/// What both codecs of the Mesos API share.
///
/// The messages themselves are generated into `v1` and below; how they are framed is in `recordio`,
/// how they are read and written in `json` and `protobuf`.
@NullMarked
package io.meseta.mesos;

import org.jspecify.annotations.NullMarked;
