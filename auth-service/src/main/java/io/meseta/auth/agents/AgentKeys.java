package io.meseta.auth.agents;

import io.meseta.auth.changes.Refused;
import io.meseta.model.Opaque;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// The keys of agents: P-256 and nothing else.
public final class AgentKeys {

    private static final int BYTES_MAX = 200;

    /// The order of P-256's group, by which the curve is told from others of its size.
    private static final String ORDER =
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    private AgentKeys() {}

    /// The key in its one form; refuses whatever is not a point on P-256.
    static Opaque spki(byte[] bytes) {
        if (bytes.length > BYTES_MAX) throw notOne();
        try {
            var key = read(bytes);
            if (!key.getParams().getOrder().toString(16).equals(ORDER)) throw notOne();
            return Opaque.of(key.getEncoded());
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw notOne();
        }
    }

    /// A key that was checked when its agent joined.
    public static ECPublicKey of(Agent agent) {
        try {
            return read(agent.publicKey().asBytes());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the key of " + agent.id() + " is none", broken);
        }
    }

    private static ECPublicKey read(byte[] spki) throws GeneralSecurityException {
        // The JDK checks that the point lies on the curve.
        var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
        if (key instanceof ECPublicKey ec) return ec;
        throw new GeneralSecurityException("not an EC key");
    }

    private static Refused notOne() {
        return Refused.invalid("public_key: not a P-256 key (SubjectPublicKeyInfo, base64).");
    }
}
