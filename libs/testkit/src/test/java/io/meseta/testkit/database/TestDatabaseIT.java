package io.meseta.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.testkit.Await;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class TestDatabaseIT {

    @Test
    void isEmptyAndItsOwn() throws SQLException {
        var one = TestDatabase.fresh();
        var other = TestDatabase.fresh();

        one.run("CREATE TABLE t (n int)");

        assertThat(other.text("SELECT count(*) FROM pg_tables WHERE tablename = 't'"))
                .isEqualTo("0");
        assertThat(one.text("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(one.text("SHOW server_version")).startsWith("18.");
        one.drop();
        assertThatThrownBy(() -> one.text("SELECT 1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsWhatWasCommittedWhenItIsKilledAndStartedAgain() {
        try (var killable = KillableDatabase.start()) {
            var database = killable.database();
            database.run("CREATE TABLE t (n int)");
            database.run("INSERT INTO t VALUES (7)");

            killable.kill();
            assertThatThrownBy(() -> database.run("SELECT 1"))
                    .isInstanceOf(IllegalStateException.class);
            killable.restart();

            assertThat(database.text("SELECT n FROM t")).isEqualTo("7");
            assertThat(database.text("SHOW fsync")).isEqualTo("on");
            assertThat(database.text("SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void comesBackAfterAnOrderlyStop() {
        try (var killable = KillableDatabase.start()) {
            killable.stop();
            killable.restart();

            Await.shortly().until("it answers", () -> killable.database().text("SELECT 1") != null);
        }
    }
}
