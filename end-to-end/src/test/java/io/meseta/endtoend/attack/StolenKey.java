package io.meseta.endtoend.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.endtoend.harness.SecureCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key by which a cluster's tokens are signed, taken out of its database with the seal from its
/// secrets, as nobody but its owner can.
///
/// So these tests can make tokens that are right in all but one thing. A forger without this key is
/// stopped by the signature already, and would never show that the rest is looked at.
final class StolenKey {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private StolenKey() {}

    /// The pair that signs now, and its name.
    record Named(String id, KeyPair pair) {}

    static Named of(SecureCluster cluster) {
        var data = cluster.data();
        var query =
                """
                SELECT id, public_key, sealed_private FROM meseta_auth.signing_keys
                WHERE purpose = 'token' AND signs_from <= now() ORDER BY signs_from DESC LIMIT 1
                """;
        var url = "jdbc:postgresql://127.0.0.1:" + text(data.resolve("postgres/port")) + "/meseta";
        var password = text(data.resolve("postgres/password"));
        try (var connection = DriverManager.getConnection(url, "meseta", password);
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            if (!row.next()) throw new AssertionError("the cluster signs with no key");
            var id = row.getString(1);
            var seal = Files.readAllBytes(data.resolve("secrets/seal"));
            var keys = KeyFactory.getInstance("EC");
            var open = opened(row.getBytes(3), seal, "key/" + id);
            return new Named(
                    id,
                    new KeyPair(
                            keys.generatePublic(new X509EncodedKeySpec(row.getBytes(2))),
                            keys.generatePrivate(new PKCS8EncodedKeySpec(open))));
        } catch (SQLException | GeneralSecurityException | IOException failure) {
            throw new AssertionError("the key cannot be had", failure);
        }
    }

    private static byte[] opened(byte[] sealed, byte[] seal, String purpose)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(seal, "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(UTF_8));
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
