/// HTTP as a test wants it said: byte for byte, also where it is wrong.
@NullMarked
package io.meseta.testkit.http;

import org.jspecify.annotations.NullMarked;
