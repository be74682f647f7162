package io.meseta.auth.policies.persistence;

import io.meseta.auth.policies.RecordedQuestions;
import io.meseta.auth.secrets.Digest;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Recorded questions in the database.
final class DatabaseQuestions implements RecordedQuestions {

    private final JdbcClient jdbc;

    DatabaseQuestions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> all() {
        return jdbc.sql("SELECT question FROM recorded_questions ORDER BY hash")
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Override
    public void keep(List<String> questions) {
        for (var question : questions) {
            jdbc.sql(
                            "INSERT INTO recorded_questions (hash, question)"
                                    + " VALUES (:hash, :question) ON CONFLICT DO NOTHING")
                    .param("hash", Digest.hex(question))
                    .param("question", question)
                    .update();
        }
    }

    @Override
    public long count() {
        return jdbc.sql("SELECT count(*) FROM recorded_questions")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    @Override
    public void clear() {
        jdbc.sql("DELETE FROM recorded_questions").update();
    }
}
