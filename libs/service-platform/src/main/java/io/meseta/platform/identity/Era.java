package io.meseta.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import io.meseta.platform.bundles.KnownBundle;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that holds while one bundle does: it, the keys for tokens, and whom we have recognised by
/// it. A check begun by an old bundle ends by it, and is remembered there only.
final class Era {

    private static final Logger LOG = LoggerFactory.getLogger(Era.class);

    private final KnownBundle bundle;
    private final Map<String, JWSVerifier> keys;
    private final Remembered remembered = new Remembered();

    Era(KnownBundle bundle) {
        this.bundle = bundle;
        var readable = new TreeMap<String, JWSVerifier>();
        bundle.identities()
                .tokenKeys()
                .forEach((id, spki) ->
                        verifier(id, spki.asBytes()).ifPresent(key -> readable.put(id, key)));
        this.keys = readable;
    }

    KnownBundle bundle() {
        return bundle;
    }

    Optional<JWSVerifier> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    Remembered remembered() {
        return remembered;
    }

    private static Optional<JWSVerifier> verifier(String id, byte[] spki) {
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            var verifier = new ECDSAVerifier((ECPublicKey) key);
            // Another curve's key would be for another algorithm.
            if (verifier.supportedJWSAlgorithms().contains(JWSAlgorithm.ES256)) {
                return Optional.of(verifier);
            }
            LOG.atWarn().addKeyValue("key", id).log("A token key is not of the curve P-256");
        } catch (GeneralSecurityException | JOSEException | ClassCastException unreadable) {
            LOG.atWarn().setCause(unreadable).addKeyValue("key", id).log("Unreadable token key");
        }
        return Optional.empty();
    }
}
