package io.meseta.auth.bootstrap;

/// Proof that the first start's work has been done, by this process or another.
///
/// @param isFirst whether it was done just now, here
public record Begun(boolean isFirst) {}
