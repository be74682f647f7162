package io.meseta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.meseta.client.ClientFault.Garbled;
import io.meseta.client.ClientFault.Rejected;
import io.meseta.client.ClientFault.Unreachable;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MastersTest {

    private static final Endpoint ONE = Endpoint.of("one", 1);
    private static final Endpoint OTHER = Endpoint.of("other", 2);
    private static final URI ADDRESS = URI.create("http://one:1/");

    private final List<Endpoint> asked = new ArrayList<>();
    private final Masters masters = new Masters(List.of(ONE, OTHER), Duration.ofSeconds(20));

    @Test
    void asksTheNextWhereNobodyListens() {
        assertThat(ask(masters, 1, refused())).isEqualTo("answer");

        assertThat(asked).containsExactly(ONE, OTHER);
    }

    @Test
    void beginsWithWhoeverWasRightLastTime() {
        ask(masters, 1, refused());

        ask(masters, 0, refused());

        assertThat(asked).containsExactly(ONE, OTHER, OTHER);
        assertThat(masters.endpoint()).isEqualTo(OTHER);
    }

    @Test
    void waitsWhileNobodyLeads() {
        assertThat(ask(masters, 5, rejected(503))).isEqualTo("answer");

        assertThat(asked).hasSize(6);
    }

    @Test
    void doesNotSayTwiceWhatMayHaveBeenHeard() {
        var late = new Unreachable(ADDRESS, "no answer within 5 ms");

        assertThatThrownBy(() -> ask(masters, 1, late)).isSameAs(late);

        assertThat(asked).containsExactly(ONE);
        assertThat(masters.endpoint()).isEqualTo(OTHER);
    }

    @Test
    void takesANoForAnAnswer() {
        assertThatThrownBy(() -> ask(masters, 1, rejected(404))).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> ask(masters, 1, new Garbled(ADDRESS, "odd")))
                .isInstanceOf(Garbled.class);

        assertThat(asked).containsExactly(ONE, ONE);
    }

    @Test
    void doesNotWaitForAMasterThatIsAlone() {
        var alone = new Masters(List.of(ONE), Duration.ofSeconds(20));

        assertThatThrownBy(() -> ask(alone, 1, rejected(503))).isInstanceOf(Rejected.class);

        assertThat(asked).containsExactly(ONE);
    }

    @Test
    void waitsForALeaderBehindAGatewayButNotForTheGateway() {
        var behind = Masters.behind(ONE, Duration.ofSeconds(20));

        assertThat(ask(behind, 2, rejected(503))).isEqualTo("answer");
        assertThatThrownBy(() -> ask(behind, 1, refused())).isInstanceOf(Unreachable.class);

        assertThat(asked).containsExactly(ONE, ONE, ONE, ONE);
    }

    @Test
    void givesUpInTheEnd() {
        var hasty = new Masters(List.of(ONE, OTHER), Duration.ofMillis(1));

        assertThatThrownBy(() -> ask(hasty, 1_000, refused())).isInstanceOf(Unreachable.class);
    }

    @Test
    void needsAMaster() {
        assertThatThrownBy(() -> new Masters(List.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Fails so many times, and then is answered.
    private String ask(Masters among, int failures, ClientFault fault) {
        int before = asked.size();
        return among.ask(endpoint -> {
            asked.add(endpoint);
            if (asked.size() - before <= failures) throw fault;
            return "answer";
        });
    }

    private static ClientFault refused() {
        return new Unreachable(ADDRESS, "connection refused", new ConnectException());
    }

    private static ClientFault rejected(int status) {
        return new Rejected(ADDRESS, Problem.of(status, "text/plain", ByteString.EMPTY));
    }
}
