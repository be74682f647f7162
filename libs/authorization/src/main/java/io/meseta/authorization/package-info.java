/// The words in which we ask who may do what, and the answer: subjects, actions, targets, calls.
///
/// Start at [Question] and [Verdict]. Values only: nothing here reads a policy, a clock or a file.
@NullMarked
package io.meseta.authorization;

import org.jspecify.annotations.NullMarked;
