package io.meseta.agent.fetch;

import java.nio.file.Path;

/// How this machine fetches.
///
/// @param limits of each task
/// @param cache where files are kept that several tasks may ask for; emptied at each start
/// @param cacheBytesMax of all files kept; 0 for no cache
/// @param hadoopClient the program that reads `hdfs:` and its like, as in `/opt/hadoop/bin/hadoop`;
///   empty for none
public record FetchSettings(
        FetchLimits limits, Path cache, long cacheBytesMax, String hadoopClient) {

    public FetchSettings {
        if (cacheBytesMax < 0)
            throw new IllegalArgumentException("fetch cache-max must not be negative");
    }
}
