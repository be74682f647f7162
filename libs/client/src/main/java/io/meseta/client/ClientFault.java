package io.meseta.client;

import java.net.URI;

/// A call that did not give what was asked for. Messages name the address and the reason, never a
/// header or a body that we sent.
public abstract sealed class ClientFault extends RuntimeException {

    private ClientFault(String message, Throwable cause) {
        super(message, cause);
    }

    private ClientFault(String message) {
        super(message);
    }

    /// Nobody answered, or the connection broke, or the answer took too long: whether the call had
    /// an effect is not known.
    public static final class Unreachable extends ClientFault {
        Unreachable(URI address, String reason, Throwable cause) {
            super("cannot reach " + origin(address) + ": " + reason, cause);
        }

        Unreachable(URI address, String reason) {
            super("cannot reach " + origin(address) + ": " + reason);
        }
    }

    /// The other side answered, and said no.
    public static final class Rejected extends ClientFault {
        private final transient Problem problem;

        Rejected(URI address, Problem problem) {
            super(origin(address) + " answered " + problem.summary());
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }

        public int status() {
            return problem.status();
        }
    }

    /// The other side answered something that the protocol does not know, or more than we read.
    public static final class Garbled extends ClientFault {
        Garbled(URI address, String reason) {
            super(origin(address) + " sent an answer that is not understood: " + reason);
        }
    }

    /// Scheme, host and port: a path may hold ids, and a query anything.
    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
