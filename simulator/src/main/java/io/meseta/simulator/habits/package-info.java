/// How nodes behave where they may choose: drawn for each, or the same for all.
@NullMarked
package io.meseta.simulator.habits;

import org.jspecify.annotations.NullMarked;
