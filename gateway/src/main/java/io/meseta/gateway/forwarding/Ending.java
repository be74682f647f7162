package io.meseta.gateway.forwarding;

/// How an errand ended. In all but the first two nothing has been told to the caller yet.
public sealed interface Ending {

    /// The whole answer has been passed on.
    record Answered(int status) implements Ending {}

    /// The caller hung up, or the answer broke off half-way; nobody is left to tell.
    record Broken(Throwable cause) implements Ending {}

    /// No byte of the request was sent: it may go to another, whatever it is.
    record Unreached(Throwable cause) implements Ending {}

    /// It was sent at least in part, and no answer came.
    ///
    /// @param isWhole whether the request has no body, so that it could be sent again
    record Unanswered(Throwable cause, boolean isWhole) implements Ending {}

    /// No answer within the time for its first byte.
    record Late() implements Ending {}

    /// Its leave was over before an answer came.
    record Withdrawn() implements Ending {}

    /// A redirect that is ours to follow.
    ///
    /// @param isWhole as above
    record Elsewhere(String location, boolean isWhole) implements Ending {}
}
