package io.meseta.auth.web;

/// A thing that was just made, as it is answered.
///
/// @param resource its path below `/auth/v1/`
public record Made<T>(String resource, long version, T body) {}
