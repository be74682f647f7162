package io.meseta.images.registry;

import io.meseta.images.json.Json;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Credentials by registry, from the text of Docker's `config.json` (or the older `.dockercfg`).
///
/// A key is a host with or without port, an address (`https://index.docker.io/v1/`), or, as podman
/// has it, a host with a path; the longest that fits decides. Programs that give out credentials
/// (`credHelpers`, `credsStore`) are not run: they would run as the agent.
public final class DockerConfig {

    private static final int BYTES_MAX = 1 << 20;
    private static final String DOCKER = ImageReference.DEFAULT_REGISTRY;
    private static final Credential ANONYMOUS = new Credential.Anonymous();

    private final Map<String, Credential> credentials;

    private DockerConfig(Map<String, Credential> credentials) {
        this.credentials = Collections.unmodifiableMap(credentials);
    }

    /// No credentials at all.
    public static DockerConfig empty() {
        return new DockerConfig(new LinkedHashMap<>());
    }

    /// One credential for one registry.
    public static DockerConfig of(String registry, Credential credential) {
        var credentials = new LinkedHashMap<String, Credential>();
        credentials.put(place(registry), credential);
        return new DockerConfig(credentials);
    }

    /// Reads Docker's form. The text is a secret: no message quotes it.
    public static DockerConfig parse(byte[] text) {
        if (text.length > BYTES_MAX)
            throw ImageFault.tooLarge("a Docker configuration above 1 MiB");
        var json = Json.object(text, "the Docker configuration");
        var isOld = !json.has("auths") && !json.has("credHelpers") && !json.has("credsStore");
        var entries = isOld ? json : json.object("auths");
        var credentials = new LinkedHashMap<String, Credential>();
        entries.values()
                .forEach((key, value) -> {
                    if (value instanceof Json.Members entry) {
                        credentials.put(place(key), credential(entry));
                    }
                });
        return new DockerConfig(credentials);
    }

    /// Without scheme and API version: `https://index.docker.io/v1/` is `docker.io`.
    private static String place(String key) {
        int scheme = key.indexOf("://");
        var place = scheme < 0 ? key : key.substring(scheme + 3);
        while (place.endsWith("/")) place = place.substring(0, place.length() - 1);
        if (place.endsWith("/v1") || place.endsWith("/v2")) {
            place = place.substring(0, place.length() - 3);
        }
        var isDocker = place.equals("index.docker.io") || place.equals("registry-1.docker.io");
        return isDocker ? DOCKER : place;
    }

    private static Credential credential(Json.Members entry) {
        if (entry.text("identitytoken").filter(text -> !text.isEmpty()).isPresent()) {
            return new Credential.IdentityToken(entry.needText("identitytoken"));
        }
        if (entry.text("registrytoken").filter(text -> !text.isEmpty()).isPresent()) {
            return new Credential.RegistryToken(entry.needText("registrytoken"));
        }
        var pair = entry.text("auth").filter(text -> !text.isEmpty());
        if (pair.isPresent()) return decoded(pair.get());
        var user = entry.text("username").orElse("");
        var password = entry.text("password").orElse("");
        return user.isEmpty() && password.isEmpty()
                ? ANONYMOUS
                : new Credential.Password(user, password);
    }

    private static Credential decoded(String pair) {
        try {
            var text = new String(Base64.getMimeDecoder().decode(pair), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon >= 0) {
                // Some tools pad what they encode with NULs.
                var password = text.substring(colon + 1).replace("\0", "");
                return new Credential.Password(text.substring(0, colon), password);
            }
        } catch (IllegalArgumentException _) {
            // The exception would quote the secret.
        }
        throw ImageFault.malformed("an \"auth\" of the Docker configuration is not user:password");
    }

    /// What to show to `registry` for `repository`.
    Credential credential(String registry, String repository) {
        for (var path = registry + "/" + repository; ; ) {
            var found = credentials.get(path);
            if (found != null) return found;
            int slash = path.lastIndexOf('/');
            if (slash < 0) return ANONYMOUS;
            path = path.substring(0, slash);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DockerConfig config && credentials.equals(config.credentials);
    }

    @Override
    public int hashCode() {
        return credentials.hashCode();
    }

    /// The places, never what belongs to them.
    @Override
    public String toString() {
        return "DockerConfig" + credentials.keySet();
    }
}
