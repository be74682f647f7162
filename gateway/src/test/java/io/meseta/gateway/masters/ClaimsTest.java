package io.meseta.gateway.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.forwarding.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClaimsTest {

    private static final long SECOND = 1_000_000_000L;

    private final Upstream one = Upstream.http("one", 5050);
    private final Upstream two = Upstream.http("two", 5050);
    private final Claims claims = new Claims(Duration.ofSeconds(1));

    @Test
    void knowsNobodyBeforeAnybodySpoke() {
        assertThat(claims.leader(0)).isEmpty();
    }

    @Test
    void believesWhoIsNamedLast() {
        claims.name(one, one, 0);
        claims.name(two, two, SECOND / 2);
        claims.name(one, one, SECOND / 2 + 1);

        assertThat(claims.leader(SECOND / 2 + 1)).contains(two);
    }

    @Test
    void forgetsTheWordOfOneThatHangs() {
        claims.name(one, one, 0);

        assertThat(claims.leader(SECOND)).contains(one);
        assertThat(claims.leader(2 * SECOND)).isEmpty();
    }

    @Test
    void believesAFormerLeaderWhoLeadsAgain() {
        claims.name(one, one, 0);
        claims.name(two, two, 1);
        claims.nameNobody(one);
        assertThat(claims.leader(2)).contains(two);

        claims.nameNobody(two);
        assertThat(claims.leader(3)).isEmpty();

        claims.name(one, one, 4);
        assertThat(claims.leader(5)).contains(one);
    }
}
