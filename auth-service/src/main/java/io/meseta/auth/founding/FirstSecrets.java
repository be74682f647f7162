package io.meseta.auth.founding;

import io.meseta.auth.keys.KeyMaking;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.secrets.Digest;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.secrets.SecretHashes;
import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.model.Opaque;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Files by whom they are for: nobody needs to see another's. The auth-service gets hashes of what
/// the others have.
///
/// @param rooms file names and contents, by the name of their reader
record FirstSecrets(SortedMap<String, SortedMap<String, Opaque>> rooms) {

    /// The room and the file that tie all others together: while it is there, nothing is made.
    static final String AUTH = "auth";

    static final String BOOTSTRAP = "bootstrap.json";

    private static final String CLI = "cli";
    private static final String MEMBERS = "cluster-members";
    private static final String DATABASE = "database.properties";
    private static final String SECRET = "secret";
    private static final String TRUST = "trust";
    private static final int SEAL_BYTES = 32;
    private static final int PEM_LINE = 64;

    /// Our own accounts: the room that gets the secret, and the groups of `meseta-ROOM`. The
    /// command line's belongs to whoever holds the machine, who could do everything anyway.
    private static final SortedMap<String, List<String>> ACCOUNTS =
            new TreeMap<>(
                    Map.of(
                            CLI,
                            List.of(StarterPolicies.ADMINISTRATORS),
                            "gateway",
                            List.of(MEMBERS),
                            "master",
                            List.of(MEMBERS)));

    /// Roles of the database, each with a database of its name, and whose they are.
    private static final SortedMap<String, String> DATABASES =
            new TreeMap<>(Map.of(AUTH, "meseta_auth", "master", "meseta"));

    /// What is told apart by its room otherwise has a name that says it.
    private static final SortedMap<String, Place> TOGETHER =
            new TreeMap<>(
                    Map.of(
                            "administrator-password",
                            new Place("administrator", "password"),
                            BOOTSTRAP,
                            new Place(AUTH, BOOTSTRAP),
                            "bundle-key.pem",
                            new Place(AUTH, "bundle-key.pem"),
                            "join-token",
                            new Place("agent", "join-token"),
                            "meseta-cli.secret",
                            new Place(CLI, "meseta-cli.secret"),
                            "meseta-gateway.secret",
                            new Place("gateway", SECRET),
                            "meseta-master.secret",
                            new Place("master", SECRET),
                            "seal",
                            new Place(AUTH, "seal"),
                            TRUST,
                            new Place("agent", TRUST)));

    FirstSecrets {
        var copies = new TreeMap<String, SortedMap<String, Opaque>>();
        rooms.forEach((room, files) ->
                copies.put(room, Collections.unmodifiableSortedMap(new TreeMap<>(files))));
        rooms = Collections.unmodifiableSortedMap(copies);
    }

    /// @param administrator the first user's name
    /// @param joinLife how long agents may join with the first token; it is said how long, not how
    ///   often
    static FirstSecrets make(String administrator, Instant now, Duration joinLife) {
        var making = new Making();
        making.put("administrator", "name", administrator);
        var password = making.random("administrator", "password");
        var accounts = new ArrayList<Map<String, Object>>();
        ACCOUNTS.forEach((room, groups) -> accounts.add(making.account(room, groups)));
        var token = making.random("agent", "join-token");
        making.keys();
        making.databases();
        var bootstrap = new TreeMap<String, Object>();
        bootstrap.put(
                "administrator",
                new TreeMap<>(
                        Map.of(
                                "name",
                                administrator,
                                "password_hash",
                                making.hashes.hash(password))));
        bootstrap.put("service_accounts", accounts);
        var joining =
                Map.of("hash", Digest.hex(token), "expires_at", now.plus(joinLife).toString());
        bootstrap.put("join_tokens", List.of(new TreeMap<>(joining)));
        var text = JsonMapper.builder().build().writeValueAsString(bootstrap);
        making.put(AUTH, BOOTSTRAP, text);
        return new FirstSecrets(making.rooms);
    }

    /// The same side by side, for the one reader who starts all services on its machine and brings
    /// a database of its own: a room without a name.
    FirstSecrets together() {
        var files = new TreeMap<String, Opaque>();
        TOGETHER.forEach((name, place) -> {
            var room = rooms.getOrDefault(place.room(), Collections.emptySortedMap());
            var bytes = room.get(place.file());
            if (bytes == null) throw new IllegalStateException("no " + place);
            files.put(name, bytes);
        });
        return new FirstSecrets(new TreeMap<>(Map.of("", files)));
    }

    /// Where a file of a certain name lies otherwise.
    private record Place(String room, String file) {}

    /// The room of the file that ties all others together.
    String tie() {
        return rooms.entrySet().stream()
                .filter(room -> room.getValue().containsKey(BOOTSTRAP))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("secrets without a bootstrap"));
    }

    /// The rooms being filled.
    private static final class Making {

        private final SortedMap<String, SortedMap<String, Opaque>> rooms = new TreeMap<>();
        private final SecretHashes hashes = new SecretHashes();

        private void put(String room, String file, String line) {
            put(room, file, Opaque.of((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }

        private void put(String room, String file, Opaque bytes) {
            rooms.computeIfAbsent(room, _ -> new TreeMap<>()).put(file, bytes);
        }

        private String random(String room, String file) {
            var secret = RandomText.secret();
            put(room, file, secret);
            return secret;
        }

        private Map<String, Object> account(String room, List<String> groups) {
            var name = "meseta-" + room;
            // The command line looks for its account's by name, as ./meseta up leaves it.
            var file = room.equals(CLI) ? name + ".secret" : SECRET;
            var hash = hashes.hash(random(room, file));
            return new TreeMap<>(Map.of("name", name, "secret_hash", hash, "groups", groups));
        }

        private void keys() {
            var seal = new byte[SEAL_BYTES];
            new SecureRandom().nextBytes(seal);
            put(AUTH, "seal", Opaque.of(seal));
            var pair = bundleKey();
            put(AUTH, "bundle-key.pem", pem(pair.getPrivate().getEncoded()));
            var spki = pair.getPublic().getEncoded();
            var trust =
                    KeyMaking.id(Purpose.BUNDLE, spki)
                            + " "
                            + Base64.getEncoder().encodeToString(spki);
            for (var room : List.of("agent", "gateway", "master")) put(room, TRUST, trust);
        }

        private void databases() {
            random("postgres", "superuser");
            DATABASES.forEach((room, role) -> {
                var password = random("postgres", role);
                put(
                        room,
                        DATABASE,
                        "spring.datasource.username=%s\nspring.datasource.password=%s"
                                .formatted(role, password));
            });
        }

        private static KeyPair bundleKey() {
            try {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("this JDK has no Ed25519", missing);
            }
        }

        private static String pem(byte[] pkcs8) {
            var base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(pkcs8);
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----";
        }
    }

    /// No secret is in any text that is made of this by accident.
    @Override
    public String toString() {
        return "FirstSecrets" + rooms.keySet();
    }
}
