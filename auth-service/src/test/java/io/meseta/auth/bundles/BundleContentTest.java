package io.meseta.auth.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Group;
import io.meseta.auth.accounts.Secret;
import io.meseta.auth.keys.KeyMaking;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.secrets.Seal;
import io.meseta.authorization.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class BundleContentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Account account(String name, boolean isLocked, String... hashes) {
        var secrets = List.of(hashes).stream().map(hash -> new Secret(hash, hash, NOW)).toList();
        return new Account(name, SubjectKind.USER, "", isLocked, secrets, 1, NOW, NOW);
    }

    @Test
    void tellsWhoMayProveThemselvesAndWhoIsLockedOut() {
        var key = new KeyMaking(Seal.passing()).make(Purpose.TOKEN, NOW, NOW);
        var members = new TreeSet<>(Set.of("anna", "bert"));
        var content =
                new BundleContent(
                        "issuer",
                        new TreeMap<>(Map.of("p", "policy: p")),
                        List.of(new Group("team", "", members, 1, NOW, NOW)),
                        List.of(
                                account("anna", false, "h1", "h2"),
                                account("bert", true, "h3"),
                                account("carl", false)),
                        List.of(key),
                        List.of(),
                        new TreeMap<>(Map.of("jti", NOW)),
                        new TreeMap<>(Map.of("anna", NOW)));

        var bundle = content.at(7, NOW, Duration.ofHours(1));

        assertThat(bundle.version()).isEqualTo(7);
        assertThat(bundle.expires()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(bundle.groups().members().get("team")).containsExactly("anna", "bert");
        var identities = bundle.identities();
        assertThat(identities.verifiers()).containsOnlyKeys("anna");
        assertThat(Objects.requireNonNull(identities.verifiers().get("anna")).hashes())
                .containsExactly("h1", "h2");
        assertThat(identities.notBefore()).containsEntry("anna", NOW).containsKey("bert");
        assertThat(Objects.requireNonNull(identities.notBefore().get("bert")).getEpochSecond())
                .isEqualTo(Instant.MAX.getEpochSecond());
        assertThat(identities.tokenKeys()).containsEntry(key.id(), key.publicKey());
        assertThat(identities.revokedTokens()).containsKey("jti");
        assertThat(content.at(7, NOW, Duration.ofHours(1))).isEqualTo(bundle);
    }
}
