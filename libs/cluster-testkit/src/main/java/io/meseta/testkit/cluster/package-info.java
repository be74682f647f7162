/// Fakes and contract kits on the cores, for the tests of everything that uses them.
///
/// A fake passes the same contract kit as the real thing.
@NullMarked
package io.meseta.testkit.cluster;

import org.jspecify.annotations.NullMarked;
