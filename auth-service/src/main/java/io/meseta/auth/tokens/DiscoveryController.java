package io.meseta.auth.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.keys.SigningKey;
import io.meseta.platform.access.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// What others need who check our tokens: the keys, and where everything is (RFC 7517, RFC 8414).
@Controller
@ResponseBody
@Tag(name = "tokens", description = "How programs get tokens, and check them")
final class DiscoveryController {

    private static final Duration KEYS_KEPT_MAX = Duration.ofMinutes(1);

    private final KeysDesk keys;
    private final InstantSource time;
    private final String issuer;

    DiscoveryController(KeysDesk keys, InstantSource time, String issuer) {
        this.keys = keys;
        this.time = time;
        this.issuer = issuer;
    }

    @Operation(operationId = "listTokenKeys", summary = "The public keys of tokens (a JWK set)")
    @Public("Whoever is shown a token must be able to check it.")
    @GetMapping("/auth/oauth2/jwks")
    ResponseEntity<Map<String, Object>> keys() {
        List<JWK> believed =
                keys.ring(Purpose.TOKEN).believed(time.instant()).stream()
                        .map(DiscoveryController::jwk)
                        .toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEYS_KEPT_MAX))
                .body(new JWKSet(believed).toJSONObject(true));
    }

    private static JWK jwk(SigningKey key) {
        try {
            var read =
                    KeyFactory.getInstance("EC")
                            .generatePublic(new X509EncodedKeySpec(key.publicKey().asBytes()));
            if (!(read instanceof ECPublicKey ec)) throw new IllegalStateException("not EC");
            return new ECKey.Builder(Curve.P_256, ec)
                    .keyID(key.id())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .build()
                    .toPublicJWK();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the key " + key.id() + " is none", broken);
        }
    }

    @Operation(operationId = "showMetadata", summary = "What this authorization server can do")
    @Public("It says where the doors are, which everybody may know.")
    @GetMapping("/auth/.well-known/oauth-authorization-server")
    ResponseEntity<Map<String, Object>> metadata() {
        var metadata = new TreeMap<String, Object>();
        metadata.put("issuer", issuer);
        metadata.put("token_endpoint", at("/oauth2/token"));
        metadata.put("jwks_uri", at("/oauth2/jwks"));
        metadata.put("grant_types_supported", List.of("client_credentials"));
        metadata.put("response_types_supported", List.of());
        metadata.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "private_key_jwt"));
        metadata.put("token_endpoint_auth_signing_alg_values_supported", List.of("ES256"));
        return ResponseEntity.ok(metadata);
    }

    private String at(String path) {
        return issuer + path;
    }
}
