package io.meseta.auth.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretHashesTest {

    private final SecretHashes hashes = new SecretHashes();

    @Test
    void hashesAsOwaspAdvises() {
        var hash = hashes.hash("secret");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PhcText.isAcceptable(hash)).isTrue();
        assertThat(hashes.matches("secret", List.of(hash), 1)).isTrue();
        assertThat(hashes.matches("secret", List.of(hashes.hash("other"), hash), 2)).isTrue();
        assertThat(hashes.matches("other", List.of(hash), 2)).isFalse();
        assertThat(hashes.matches("other", List.of(), 1)).isFalse();
    }

    @Test
    void takesNoHashThatGivesTheSecretAwayOrKeepsItBusy() {
        var rest = "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for (var wrong :
                List.of(
                        "plain",
                        "",
                        "$argon2i$v=19$m=19456,t=2,p=1" + rest,
                        "$argon2id$v=19$m=8,t=1,p=1" + rest,
                        "$argon2id$v=19$m=99999999,t=1,p=1" + rest,
                        "$argon2id$v=19$m=19456,t=999,p=1" + rest,
                        "$argon2id$v=19$m=19456,t=2,p=99" + rest,
                        "$2a$10$abcdefghijklmnopqrstuv")) {
            assertThat(PhcText.isAcceptable(wrong)).as(wrong).isFalse();
        }
        assertThat(PhcText.isAcceptable("$argon2id$v=19$m=19456,t=2,p=1" + rest)).isTrue();
    }
}
