package io.meseta.agent.executors;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.platform.credentials.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What an executor proves itself with: a signed token that names its framework, itself and its
/// run. It is good for as long as that run lives, also for an agent that was started anew.
public final class ExecutorTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int TOKEN_CHARACTERS_MAX = 4_096;
    private static final Pattern DOT = Pattern.compile("\\.");

    /// What a token says.
    public record Claims(String framework, String executor, String container) {

        boolean isOf(AgentExecutor named) {
            return framework.equals(named.key().framework().value())
                    && executor.equals(named.key().executor().value())
                    && container.equals(named.container().toString());
        }
    }

    private final byte[] key;
    private final JsonMapper mapper;

    private ExecutorTokens(byte[] key, JsonMapper mapper) {
        this.key = key;
        this.mapper = mapper;
    }

    /// Tokens that are signed with the key in `file`, which is made if there is none.
    public static ExecutorTokens open(Path file, JsonMapper mapper) {
        var known = PrivateFile.read(file, KEY_BYTES).filter(bytes -> bytes.length == KEY_BYTES);
        if (known.isPresent()) return new ExecutorTokens(known.get(), mapper);
        var fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        PrivateFile.write(file, fresh);
        return new ExecutorTokens(fresh, mapper);
    }

    /// The token of this run.
    public String issue(AgentExecutor executor) {
        var claims = new TreeMap<String, String>();
        claims.put("fid", executor.key().framework().value());
        claims.put("eid", executor.key().executor().value());
        claims.put("cid", executor.container().toString());
        var signed =
                encoded(Map.of("alg", "HS256", "typ", "JWT"))
                        + "."
                        + encoded(new TreeMap<>(claims));
        return signed + "." + text(signature(signed));
    }

    /// What the token says; empty if this agent has not signed it.
    Optional<Claims> read(String token) {
        var parts = DOT.split(token, -1);
        if (token.length() > TOKEN_CHARACTERS_MAX || parts.length != 3) return Optional.empty();
        try {
            var given = Base64.getUrlDecoder().decode(parts[2]);
            if (!MessageDigest.isEqual(given, signature(parts[0] + "." + parts[1])))
                return Optional.empty();
            var claims = mapper.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return Optional.of(
                    new Claims(
                            claims.path("fid").asString(""),
                            claims.path("eid").asString(""),
                            claims.path("cid").asString("")));
        } catch (IllegalArgumentException | JacksonException _) {
            return Optional.empty();
        }
    }

    private String encoded(Map<String, String> json) {
        return text(mapper.writeValueAsBytes(json));
    }

    private byte[] signature(String signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException missing) {
            throw new LinkageError("each Java platform has " + ALGORITHM, missing);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
