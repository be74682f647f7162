package io.meseta.authorization.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.mesos.Credentials.Credential;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials files in all their forms.
final class CredentialsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credentials\": [{\"principal\": \"ann\", \"secret\": \"s1\"},"
                        + " {\"principal\": \"bob\", \"secret\": \"s2\"}]}",
                "ann s1\nbob s2\n",
                "\n ann\ts1 \r\n\r\nbob   s2"
            })
    void readsBothForms(String text) {
        assertThat(read(text).orThrow().entries())
                .containsExactly(new Credential("ann", "s1"), new Credential("bob", "s2"));
    }

    @Test
    void readsAnAgentsOwnCredential() {
        assertThat(read("{\"principal\": \"a\", \"secret\": \"s\"}").orThrow().entries())
                .containsExactly(new Credential("a", "s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credentials\": [{\"principal\": \"ann\"}]}",
                "{\"credentials\": [{\"principal\": \"\", \"secret\": \"hush\"}]}",
                "{\"credentials\": [{\"principal\": \"a\", \"secret\": \"hush\", \"x\": 1}]}",
                "{\"credential\": []}",
                "{\"principal\": \"ann\", \"secret\": [\"hush\"]}",
                "ann hush\nann hush",
                "ann\nhush",
                "ann hush more",
                "{\"credentials\": [{\"principal\": \"ann\", \"secret\": \"hush\"}"
            })
    void refusesWithoutSayingASecret(String text) {
        var outcome = read(text);

        assertThat(outcome).isInstanceOf(Outcome.Bad.class);
        assertThat(outcome.toString()).doesNotContain("hush");
    }

    @Test
    void hidesTheSecretInItsText() {
        assertThat(new Credential("ann", "hush").toString()).doesNotContain("hush");
    }

    private static Outcome<Credentials> read(String text) {
        return Credentials.read(new Document("credentials", text));
    }
}
