package io.meseta.auth.tokens;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.secrets.SecretHashes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Checks a client's secret against all of its hashes, which Spring Security takes for one.
final class ClientSecrets implements PasswordEncoder {

    private static final String NONE = "-";

    private final SecretHashes hashes;

    ClientSecrets(SecretHashes hashes) {
        this.hashes = hashes;
    }

    /// PHC texts hold no blank.
    static String together(List<String> hashes) {
        return hashes.isEmpty() ? NONE : String.join(" ", hashes);
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence secret) {
        throw new UnsupportedOperationException("secrets are made through the API of accounts");
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String together) {
        if (secret == null || together == null) return false;
        var known =
                Arrays.stream(together.split(" ", -1)).filter(hash -> !hash.equals(NONE)).toList();
        return hashes.matches(secret.toString(), known, Account.SECRETS_MAX);
    }
}
