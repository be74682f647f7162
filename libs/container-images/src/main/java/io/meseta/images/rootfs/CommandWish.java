package io.meseta.images.rootfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a task says about the command to run, in the terms of the Mesos API's `CommandInfo`.
///
/// @param isShell whether `value` is text for a shell
/// @param value a program or a shell's text; null where the task does not say
/// @param arguments without the program's own name; ignored for a shell
public record CommandWish(boolean isShell, @Nullable String value, List<String> arguments) {

    public CommandWish {
        arguments = List.copyOf(arguments);
    }

    /// Whatever the image says.
    public static CommandWish none() {
        return new CommandWish(false, null, List.of());
    }
}
