package io.meseta.runtime.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a container's output goes. Files are made if they are not there, and always written to at
/// their end, by the container itself: no process of ours lies in between, so nothing is lost when
/// one dies. Whoever shortens a file (`truncate`, `FALLOC_FL_COLLAPSE_RANGE`) may do so at any
/// time.
///
/// With a terminal there is one stream; it goes to `output`, by way of the monitor that holds the
/// terminal, and `error` stays empty.
///
/// @param output null: thrown away
/// @param error null: thrown away
public record Output(@Nullable Path output, @Nullable Path error) {

    public static final Output NONE = new Output(null, null);

    public Output {
        if (output != null) Checks.require(output.isAbsolute(), "%s is not absolute", output);
        if (error != null) Checks.require(error.isAbsolute(), "%s is not absolute", error);
    }
}
