package io.meseta.auth.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.auth.secrets.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// The files that whoever starts an auth-service makes for it, in a directory of their own.
public final class FirstFiles {

    public static final String ADMIN = "root-admin";
    public static final String PASSWORD = "a long password for tests";
    public static final String MEMBER = "meseta-master";
    public static final String SECRET = "the-secret-of-the-master-in-tests";
    public static final String JOIN_TOKEN = "the-join-token-of-tests";

    /// As cheap as is let in.
    private static final Argon2PasswordEncoder ARGON2 =
            new Argon2PasswordEncoder(16, 32, 1, 7 * 1024, 1);

    private static final String PASSWORD_HASH = hash(PASSWORD);
    private static final String SECRET_HASH = hash(SECRET);

    private final Path directory;
    private final KeyPair bundleKey;

    private FirstFiles(Path directory, KeyPair bundleKey) {
        this.directory = directory;
        this.bundleKey = bundleKey;
    }

    public static FirstFiles in(Path directory) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var files = new FirstFiles(directory, pair);
            var seal = new byte[32];
            new Random(1).nextBytes(seal);
            files.write("seal", seal);
            files.write("bundle-key", pem(pair.getPrivate().getEncoded()).getBytes(UTF_8));
            files.write("bootstrap", bootstrap().getBytes(UTF_8));
            return files;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String bootstrap() {
        return """
        {"administrator": {"name": "%s", "password_hash": "%s"},
         "service_accounts": [
           {"name": "%s", "secret_hash": "%s", "groups": ["cluster-members"]}],
         "join_tokens": [{"hash": "%s", "expires_at": "2099-01-01T00:00:00Z"}]}
        """
                .formatted(ADMIN, PASSWORD_HASH, MEMBER, SECRET_HASH, Digest.hex(JOIN_TOKEN));
    }

    private static String hash(String secret) {
        return Objects.requireNonNull(ARGON2.encode(secret));
    }

    private static String pem(byte[] bytes) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END PRIVATE KEY-----\n";
    }

    public Path path(String name) {
        return directory.resolve(name);
    }

    public void write(String name, byte[] bytes) {
        try {
            Files.write(path(name), bytes);
            allow(name, "rw-------");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void allow(String name, String permissions) {
        try {
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public KeyPair bundleKey() {
        return bundleKey;
    }

    public List<String> arguments() {
        return List.of(
                "--meseta.auth.seal-file=" + path("seal"),
                "--meseta.auth.bundle-key-file=" + path("bundle-key"),
                "--meseta.auth.bootstrap=" + path("bootstrap"));
    }
}
