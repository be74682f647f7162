package io.meseta.agent.launch;

/// A user of this machine.
public record Account(String name, long uid, long gid, String home) {}
