package io.meseta.runtime.host;

/// A known flaw of a program.
///
/// @param id such as `CVE-2024-21626`
/// @param fixedIn the first version without it
/// @param matters whether it can be used against containers as we make them; what can't is said,
///   and not refused
/// @param what it lets a container do, or why it can't here
public record Flaw(String id, String fixedIn, boolean matters, String what) {}
