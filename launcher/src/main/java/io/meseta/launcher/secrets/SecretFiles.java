package io.meseta.launcher.secrets;

import io.meseta.client.json.Json;
import io.meseta.client.json.Json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every secret of the cluster in a directory of mode 0700, each in a file of mode 0600.
///
/// Made at the first start and never changed here: the auth-service has read the hashes by then.
///
/// @param directory complete once `bootstrap.json` is in it, which is written last
public record SecretFiles(Path directory) {

    public static final String MASTER = "meseta-master";
    public static final String GATEWAY = "meseta-gateway";

    /// The command line's and the launcher's own; an administrator, for it is used by whoever owns
    /// these files.
    public static final String CLI = "meseta-cli";

    public static final String ADMINISTRATOR = "admin";

    private static final String BOOTSTRAP = "bootstrap.json";
    private static final int SECRET_BYTES = 32;
    private static final int KEY_ID_DIGITS = 16;

    /// Agents are added to a cluster like this one on its own machine only.
    private static final Duration JOIN_TOKEN_LIFE = Duration.ofDays(3650);

    /// Makes what is missing.
    public static SecretFiles in(Path directory) {
        var files = new SecretFiles(directory);
        if (Files.exists(files.bootstrap())) return files;
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            files.make();
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make the secrets in " + directory, failure);
        }
    }

    public Path bootstrap() {
        return directory.resolve(BOOTSTRAP);
    }

    public Path seal() {
        return directory.resolve("seal");
    }

    public Path bundleKey() {
        return directory.resolve("bundle-key.pem");
    }

    public Path trust() {
        return directory.resolve("trust");
    }

    public Path joinToken() {
        return directory.resolve("join-token");
    }

    public Path administratorPassword() {
        return directory.resolve("administrator-password");
    }

    /// A service account's.
    public Path secret(String account) {
        return directory.resolve(account + ".secret");
    }

    private void make() throws IOException {
        write(seal(), random());
        makeBundleKey();
        var password = text();
        write(administratorPassword(), password + "\n");
        var accounts = new ArrayList<Json>();
        accounts.add(account(MASTER, "cluster-members"));
        accounts.add(account(GATEWAY, "cluster-members"));
        accounts.add(account(CLI, "administrators"));
        var joinToken = text();
        write(joinToken(), joinToken + "\n");
        write(bootstrap(), bootstrap(password, accounts, joinToken).print());
    }

    private static Json bootstrap(String password, List<Json> accounts, String joinToken) {
        var expires = InstantSource.system().instant().plus(JOIN_TOKEN_LIFE);
        var members = new LinkedHashMap<String, Json>();
        members.put(
                "administrator",
                new JsonObject(
                        Map.of(
                                "name", Json.text(ADMINISTRATOR),
                                "password_hash", Json.text(PasswordHash.of(password)))));
        members.put("service_accounts", Json.array(accounts));
        members.put(
                "join_tokens",
                Json.array(
                        List.of(
                                new JsonObject(
                                        Map.of(
                                                "hash",
                                                        Json.text(
                                                                sha256(
                                                                        joinToken.getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))),
                                                "expires_at",
                                                        Json.text(
                                                                expires.truncatedTo(
                                                                                java.time.temporal
                                                                                        .ChronoUnit
                                                                                        .SECONDS)
                                                                        .toString()))))));
        return new JsonObject(members);
    }

    private Json account(String name, String group) throws IOException {
        var secret = text();
        write(secret(name), secret + "\n");
        return new JsonObject(
                Map.of(
                        "name", Json.text(name),
                        "secret_hash", Json.text(PasswordHash.of(secret)),
                        "groups", Json.array(List.of(Json.text(group)))));
    }

    /// Its public half is everybody's trust, under the name that the auth-service gives it.
    private void makeBundleKey() throws IOException {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var mime = Base64.getMimeEncoder(64, new byte[] {'\n'});
            write(
                    bundleKey(),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + mime.encodeToString(pair.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            var spki = pair.getPublic().getEncoded();
            var id = "bundle-" + sha256(spki).substring(0, KEY_ID_DIGITS);
            write(trust(), id + " " + Base64.getEncoder().encodeToString(spki) + "\n");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no Ed25519", missing);
        }
    }

    private static byte[] random() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }

    private static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// In one step: half a secret is none.
    private static void write(Path file, byte[] bytes) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(
                next,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
