package io.meseta.agent.disk;

import java.nio.file.Path;
import java.util.UUID;

/// Somebody with a sandbox.
///
/// @param bytesMax what it has asked for; 0 for nothing
public record Occupant(UUID container, Path sandbox, long bytesMax) {}
