package io.meseta.platform.credentials;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// An agent's own key (P-256), made by itself and never sent anywhere.
final class AgentKey {

    private static final String ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final int FILE_BYTES_MAX = 4096;

    private final ECPrivateKey secret;
    private final String publicText;

    private AgentKey(PrivateKey secret, String publicText) {
        this.secret = (ECPrivateKey) secret;
        this.publicText = publicText;
    }

    /// The key in `file`; a new one, kept there, if there is none yet.
    static AgentKey in(Path file) {
        return PrivateFile.read(file, FILE_BYTES_MAX)
                .map(bytes -> read(new String(bytes, StandardCharsets.US_ASCII), file))
                .orElseGet(() -> make(file));
    }

    ECPrivateKey secret() {
        return secret;
    }

    /// SubjectPublicKeyInfo, base64.
    String publicText() {
        return publicText;
    }

    private static AgentKey read(String text, Path file) {
        var lines = text.strip().split("\n", -1);
        if (lines.length != 2) throw new CredentialFault(file + " holds no key of an agent");
        try {
            var bytes = Base64.getDecoder().decode(lines[0].strip());
            var secret =
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(new PKCS8EncodedKeySpec(bytes));
            return new AgentKey(secret, lines[1].strip());
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new CredentialFault(file + " holds no key of an agent", malformed);
        }
    }

    private static AgentKey make(Path file) {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE));
            var pair = generator.generateKeyPair();
            var base64 = Base64.getEncoder();
            var publicText = base64.encodeToString(pair.getPublic().getEncoded());
            var secretText = base64.encodeToString(pair.getPrivate().getEncoded());
            PrivateFile.write(file, secretText + "\n" + publicText + "\n");
            return new AgentKey(pair.getPrivate(), publicText);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no P-256", missing);
        }
    }
}
