/// Offers: resources proposed to one framework for a time.
///
/// Start at [Offers]. All of it is the leader's memory: no offer survives a change of leader.
@NullMarked
package io.meseta.master.core.offer;

import org.jspecify.annotations.NullMarked;
