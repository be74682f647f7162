package io.meseta.master.frameworks;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whom this master takes as a framework, and what it lets it ask for.
///
/// @param rootSubmissions whether frameworks may run as `root`
/// @param regexProgramMax how large a compiled regular expression of offer constraints may be
/// @param rateLimits how many calls principals may make, in Mesos' JSON, or the name of a file that
///   holds it; unset for any number
@ConfigurationProperties("meseta.master.frameworks")
record FrameworksProperties(
        @DefaultValue("true") boolean rootSubmissions,
        @DefaultValue("100") int regexProgramMax,
        @Nullable String rateLimits) {

    FrameworksProperties {
        if (regexProgramMax <= 0)
            throw new IllegalArgumentException(
                    "meseta.master.frameworks.regex-program-max must be positive");
    }
}
