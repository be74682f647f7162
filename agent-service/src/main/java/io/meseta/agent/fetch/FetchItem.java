package io.meseta.agent.fetch;

/// One file to fetch.
///
/// @param uri where it is, perhaps with a [Checksum] at its end
/// @param outputFile what to call it, relative to the sandbox; empty for the last part of the URI
/// @param isExtracted whether an archive is taken apart
/// @param isExecutable whether it is made executable, which archives are not
/// @param isCached whether one copy on this machine serves all that the same user fetches
public record FetchItem(
        String uri,
        String outputFile,
        boolean isExtracted,
        boolean isExecutable,
        boolean isCached) {}
