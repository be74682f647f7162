/// The master's figures by the names that Mesos gave them, for the dashboards that know those.
///
/// Start at [MesosMetrics]. Figures of our own go to Micrometer, where they arise.
@NullMarked
package io.meseta.master.metrics;

import org.jspecify.annotations.NullMarked;
