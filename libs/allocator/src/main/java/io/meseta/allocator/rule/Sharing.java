package io.meseta.allocator.rule;

/// How a role shares with others, by its operator's choice. It holds for the roles below as well,
/// as far as those have none of their own.
///
/// @param lends while no framework asks for anything in the role, others may have what it is
///   guaranteed; when one asks, offers to others are taken back for it
public record Sharing(boolean lends) {

    /// Of a role of which nobody has said anything: it keeps what it has.
    public static final Sharing NONE = new Sharing(false);
}
