package io.meseta.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.images.reference.ImageFault;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Says of an attempt which trouble it must end in.
public final class Faults {

    private Faults() {}

    public static void refuses(ImageFault.Kind kind, String says, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ImageFault.class,
                        fault ->
                                org.assertj.core.api.Assertions.assertThat(fault.kind())
                                        .isEqualTo(kind))
                .hasMessageContaining(says);
    }
}
