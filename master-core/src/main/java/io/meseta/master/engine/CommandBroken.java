package io.meseta.master.engine;

/// The rules could not cope with a command: an error of ours. It was not carried out, and trying
/// again is of no use.
public final class CommandBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandBroken(Answer.Broken broken) {
        super("the rules broke over a " + broken.command().getSimpleName(), broken.fault());
    }
}
