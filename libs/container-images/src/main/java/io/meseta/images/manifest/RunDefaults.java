package io.meseta.images.manifest;

import io.meseta.images.reference.ImageFault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an image says about the process that runs in it, unless the task says otherwise.
///
/// @param environment `NAME=value`, in order; of one name the last counts
/// @param entrypoint what is always run; empty where there is none
/// @param command the arguments of the entrypoint, or what to run without one
/// @param user `user[:group]`, names or numbers; empty means root
/// @param workingDirectory absolute in the container; empty means `/`
/// @param volumes paths in the container that want storage of their own
/// @param ports `80/tcp`: a hint to people, nothing is opened
/// @param stopSignal as in `SIGTERM` or `15`; null where the image does not say
public record RunDefaults(
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String user,
        String workingDirectory,
        List<String> volumes,
        List<String> ports,
        @Nullable String stopSignal,
        Map<String, String> labels) {

    private static final int WORDS_MAX = 10_000;

    public RunDefaults {
        environment = words(environment);
        entrypoint = words(entrypoint);
        command = words(command);
        volumes = words(volumes);
        ports = words(ports);
        labels = Map.copyOf(labels);
        words(List.of(user, workingDirectory));
    }

    /// An image that says nothing.
    public static RunDefaults none() {
        return new RunDefaults(
                List.of(), List.of(), List.of(), "", "", List.of(), List.of(), null, Map.of());
    }

    /// No word may hold a NUL: a kernel would cut it there and run something else than was shown.
    private static List<String> words(List<String> words) {
        if (words.size() > WORDS_MAX) throw ImageFault.tooLarge("a list of 10,000 words");
        for (var word : words) {
            if (word.indexOf('\0') >= 0) throw ImageFault.malformed("a NUL in the configuration");
        }
        return List.copyOf(words);
    }
}
