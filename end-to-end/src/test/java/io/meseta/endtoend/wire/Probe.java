package io.meseta.endtoend.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/// A request and the answer that it must get.
///
/// @param text how the answer's body must begin; empty for any
public record Probe(String name, RawRequest request, List<Integer> statuses, String text) {

    public static Probe of(String name, RawRequest request, int status, String text) {
        return new Probe(name, request, List.of(status), text);
    }

    /// Where the answer is the server's own affair, as long as it is a refusal.
    public static Probe refused(String name, RawRequest request, Integer... statuses) {
        return new Probe(name, request, List.of(statuses), "");
    }

    public void check(int port) throws IOException {
        var answer = RawAnswer.to(port, request);
        assertThat(answer.status()).as("%s", answer).isIn(statuses);
        assertThat(answer.body()).startsWith(text);
        if (answer.status() == 405)
            assertThat(answer.header("Allow")).hasValueSatisfying(Probe::allowsPost);
    }

    private static void allowsPost(String methods) {
        assertThat(methods).contains("POST");
    }

    @Override
    public String toString() {
        return name;
    }
}
