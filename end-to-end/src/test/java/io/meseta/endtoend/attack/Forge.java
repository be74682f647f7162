package io.meseta.endtoend.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.client.json.Json;
import io.meseta.endtoend.harness.SecureCluster;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes tokens for an administrator of a cluster: one that is right, and all the ways in which one
/// can be wrong. Byte by byte, since libraries will not make most of them.
public final class Forge {

    private static final int COORDINATE_BYTES = 32;

    private final String issuer;
    private final StolenKey.Named real;
    private final StolenKey.Named other = new StolenKey.Named("token-0123456789abcdef", pair());
    private final Instant now;

    private Forge(String issuer, StolenKey.Named real, Instant now) {
        this.issuer = issuer;
        this.real = real;
        this.now = now;
    }

    /// Takes from the cluster what a forger would like to have.
    ///
    /// @param token any good one, for its issuer
    public static Forge of(SecureCluster cluster, String token) {
        var payload = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
        var issuer = SecureCluster.json(payload).textOf("iss").orElseThrow();
        return new Forge(issuer, StolenKey.of(cluster), time(cluster));
    }

    /// As the cluster has it.
    private static Instant time(SecureCluster cluster) {
        var date = cluster.get("/health", "").headers().firstValue("Date").orElseThrow();
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    }

    /// A token that is right in everything.
    public String good() {
        return signed(header(), claims());
    }

    /// Tokens whose signature is wrong, or whose header would have it looked at in a wrong way.
    ///
    /// @param bait where keys could be fetched from; nobody may
    public Map<String, String> wronglySigned(String bait) {
        var forged = new LinkedHashMap<String, String>();
        for (var none : List.of("none", "None", "NONE", "nOnE")) {
            var bare = encoded(header("alg", none)) + "." + encoded(claims());
            forged.put("alg " + none, bare + ".");
            forged.put("alg " + none + ", with a signature", bare + "." + signature(good()));
        }
        for (var bits : List.of("256", "384", "512")) {
            forged.put("HS" + bits + ", by the public key", hashed(bits, spki()));
            forged.put("HS" + bits + ", by the public key's PEM", hashed(bits, pem()));
            forged.put("HS" + bits + ", by nothing", hashed(bits, new byte[1]));
        }
        forged.put("alg ES384", signed(header("alg", "ES384"), claims()));
        forged.put("alg RS256", signed(header("alg", "RS256"), claims()));
        forged.put("another's key by the real name", signed(other.pair(), header(), claims()));
        forged.put("another cluster's", signed(other.pair(), header("kid", other.id()), claims()));
        for (var kid : List.of("", "nobody", "../../../dev/null", "' OR '1'='1", "\\u0000")) {
            forged.put("kid " + kid, signed(other.pair(), header("kid", kid), claims()));
        }
        forged.put("no kid", signed(header("kid", null), claims()));
        for (var kid : List.of(real.id(), other.id())) {
            var named = header("kid", kid);
            forged.put("jwk, kid " + kid, byOwnKey(named, "jwk", jwk()));
            forged.put("jku, kid " + kid, byOwnKey(named, "jku", text(bait + "/jwks.json")));
            forged.put("x5u, kid " + kid, byOwnKey(named, "x5u", text(bait + "/chain.pem")));
        }
        forged.put(
                "critical demands", signed(with(header(), "crit", "[\"x\"]", "x", "1"), claims()));
        forged.put("an ID token", signed(header("typ", "JWT"), claims()));
        var parts = good().split("\\.", -1);
        var body = parts[0] + "." + parts[1] + ".";
        forged.put("a signature of zeros", body + base64(new byte[2 * COORDINATE_BYTES]));
        forged.put("half a signature", body + parts[2].substring(0, parts[2].length() / 2));
        forged.put("no signature", body);
        forged.put(
                "an altered payload",
                parts[0] + "." + encoded(claims("sub", "root")) + "." + parts[2]);
        forged.put(
                "an altered header",
                encoded(with(header(), "x", "1")) + "." + parts[1] + "." + parts[2]);
        return forged;
    }

    /// Tokens that are signed as they should be, by the very key, and say what they must not.
    public Map<String, String> wronglySaid() {
        var forged = new LinkedHashMap<String, String>();
        claim(forged, "expired", claims -> span(claims, -600, -61));
        claim(forged, "not yet valid", claims -> claims.put("nbf", seconds(120)));
        claim(forged, "issued tomorrow", claims -> span(claims, 86_400, 86_700));
        claim(forged, "living for a day", claims -> span(claims, 0, 86_400));
        for (var name : List.of("iss", "aud", "sub", "kind", "jti", "iat", "nbf", "exp")) {
            claim(forged, "without " + name, claims -> claims.remove(name));
            claim(forged, name + " null", claims -> claims.put(name, "null"));
            claim(forged, name + " of another type", claims -> claims.put(name, "{\"a\":[]}"));
        }
        claim(forged, "for another audience", claims -> claims.put("aud", text("greeter")));
        claim(forged, "for no audience", claims -> claims.put("aud", "[]"));
        claim(forged, "of another issuer", claims -> claims.put("iss", text("https://a.test")));
        claim(forged, "of nobody", claims -> claims.put("sub", text(" ")));
        claim(forged, "of an anonymous", claims -> claims.put("kind", text("anonymous")));
        claim(forged, "of a king", claims -> claims.put("kind", text("king")));
        claim(forged, "exp beyond time", claims -> claims.put("exp", "9".repeat(30)));
        claim(forged, "too long", claims -> claims.put("pad", text("x".repeat(7_000))));
        forged.put("not claims", signed(header(), "[1]"));
        forged.put("no JSON", signed(header(), "{"));
        return forged;
    }

    private void claim(
            Map<String, String> into, String name, Consumer<Map<String, String>> change) {
        var claims = claimValues();
        change.accept(claims);
        into.put(name, signed(header(), object(claims)));
    }

    private void span(Map<String, String> claims, long from, long to) {
        claims.put("iat", seconds(from));
        claims.put("nbf", seconds(from));
        claims.put("exp", seconds(to));
    }

    private String seconds(long from) {
        return Long.toString(now.getEpochSecond() + from);
    }

    private String claims() {
        return object(claimValues());
    }

    private String claims(String name, String value) {
        var claims = claimValues();
        claims.put(name, text(value));
        return object(claims);
    }

    private Map<String, String> claimValues() {
        var claims = new LinkedHashMap<String, String>();
        claims.put("iss", text(issuer));
        claims.put("aud", "[\"meseta\"]");
        claims.put("sub", text("admin"));
        claims.put("kind", text("user"));
        claims.put("jti", text(UUID.randomUUID().toString()));
        span(claims, -5, 600);
        return claims;
    }

    private String header() {
        return header("alg", "ES256");
    }

    /// The right header but for one member; null leaves that one out.
    private String header(String name, @org.jspecify.annotations.Nullable String value) {
        var header = new LinkedHashMap<String, String>();
        header.put("typ", text("at+jwt"));
        header.put("alg", text("ES256"));
        header.put("kid", text(real.id()));
        if (value == null) header.remove(name);
        else header.put(name, text(value));
        return object(header);
    }

    /// An object with more members: names and values of JSON in turn.
    private static String with(String object, String... more) {
        var members = new StringBuilder(object.substring(0, object.length() - 1));
        for (int at = 0; at < more.length; at += 2) {
            members.append(",\"%s\":%s".formatted(more[at], more[at + 1]));
        }
        return members.append('}').toString();
    }

    private static String object(Map<String, String> members) {
        var all =
                members.entrySet().stream()
                        .map(each -> "\"%s\":%s".formatted(each.getKey(), each.getValue()));
        return "{" + String.join(",", all.toList()) + "}";
    }

    private static String text(String value) {
        return Json.text(value).print();
    }

    private String byOwnKey(String header, String name, String value) {
        return signed(other.pair(), with(header, name, value), claims());
    }

    private String signed(String header, String claims) {
        return signed(real.pair(), header, claims);
    }

    private static String signed(KeyPair pair, String header, String claims) {
        var body = encoded(header) + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(body.getBytes(UTF_8));
            return body + "." + base64(signature.sign());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private String hashed(String bits, byte[] secret) {
        var body = encoded(header("alg", "HS" + bits)) + "." + encoded(claims());
        try {
            var mac = Mac.getInstance("HmacSHA" + bits);
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return body + "." + base64(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private byte[] spki() {
        return real.pair().getPublic().getEncoded();
    }

    private byte[] pem() {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki());
        return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n")
                .getBytes(UTF_8);
    }

    private String jwk() {
        var point = ((ECPublicKey) other.pair().getPublic()).getW();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(
                        base64(coordinate(point.getAffineX().toByteArray())),
                        base64(coordinate(point.getAffineY().toByteArray())));
    }

    /// The last 32 bytes, with zeros before them where there are fewer.
    private static byte[] coordinate(byte[] number) {
        var all = new byte[COORDINATE_BYTES + number.length];
        System.arraycopy(number, 0, all, COORDINATE_BYTES, number.length);
        return Arrays.copyOfRange(all, number.length, all.length);
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String encoded(String json) {
        return base64(json.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
