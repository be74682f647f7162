package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://me:s%40cret@db:6543/meseta, jdbc:postgresql://db:6543/meseta",
        "jdbc:postgresql://me:s%40cret@db/meseta, jdbc:postgresql://db/meseta",
        "postgres://db/m?user=me&ssl=true&password=s%40cret, jdbc:postgresql://db/m?ssl=true",
    })
    void takesCredentialsOutOfTheAddress(String text, String url) {
        assertThat(Database.parse(text)).isEqualTo(new Database(url, "me", "s@cret"));
    }

    @Test
    void showsNoSecret() {
        var database = Database.parse("postgresql://me:s3cret@db/meseta?options=s3cret");

        assertThat(database).hasToString("postgresql://db/meseta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysql://a/b", "postgresql://", "postgresql://h", "a b", "jdbc:"})
    void refusesOtherAddresses(String text) {
        assertThatThrownBy(() -> Database.parse(text)).isInstanceOf(Trouble.Usage.class);
    }
}
