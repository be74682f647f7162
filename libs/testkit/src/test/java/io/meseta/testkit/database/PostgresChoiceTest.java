package io.meseta.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PostgresChoiceTest {

    @Test
    void goesByTheEngineUnlessToldOtherwise() {
        assertThat(PostgresChoice.of("auto", true)).isEqualTo(PostgresChoice.CONTAINER);
        assertThat(PostgresChoice.of("auto", false)).isEqualTo(PostgresChoice.EMBEDDED);
        assertThat(PostgresChoice.of("embedded", true)).isEqualTo(PostgresChoice.EMBEDDED);
        assertThat(PostgresChoice.of("Container", false)).isEqualTo(PostgresChoice.CONTAINER);
    }

    @Test
    void refusesAnyOtherWord() {
        assertThatThrownBy(() -> PostgresChoice.of("docker", true))
                .hasMessageContaining("embedded, container or auto");
    }
}
