package io.meseta.master.events;

import io.meseta.master.doors.Format;
import io.meseta.master.views.Visibility;

/// To whom something is said.
public record Audience(Visibility visibility, Format format) {

    /// Equal ones are told the same, byte for byte.
    Object sharing() {
        return new Sharing(visibility.audience(), format);
    }

    private record Sharing(Object visibility, Format format) {}
}
