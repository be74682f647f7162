package io.meseta.images.registry;

import io.meseta.images.reference.ImageFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What one registry wants to hear before it answers. Prints without its secret.
public sealed interface Credential {

    /// Whoever asks.
    record Anonymous() implements Credential {}

    /// A user and a password, or a token that is used as one.
    record Password(String user, String password) implements Credential {
        String basic() {
            var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "Password[user=" + user + "]";
        }
    }

    /// Exchanged at the token server for tokens that live shortly.
    record IdentityToken(String token) implements Credential {
        @Override
        public String toString() {
            return "IdentityToken[]";
        }
    }

    /// Sent to the registry as it is.
    record RegistryToken(String token) implements Credential {
        public RegistryToken {
            // What a header can't hold would come back in a message.
            if (!token.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
                throw ImageFault.malformed("a \"registrytoken\" that no header can hold");
            }
        }

        @Override
        public String toString() {
            return "RegistryToken[]";
        }
    }
}
