package io.meseta.client.json;

/// What was read is not JSON. The message names the place, never the text itself.
public final class MalformedJson extends RuntimeException {

    MalformedJson(String problem, long position) {
        super("malformed JSON at character " + position + ": " + problem);
    }
}
