package io.meseta.images.reference;

import io.meseta.images.reference.ImageFault.Kind;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an image is and which one is meant, with all defaults filled in.
///
/// `debian` is `docker.io/library/debian:latest`. What stands before the first slash is a registry
/// only if it could not be a part of a repository: it has a dot, a colon, a capital letter, or is
/// `localhost`. A digest decides over a tag.
///
/// @param registry host and, if any, port, as in `registry.example:5000` or `[::1]:5000`
/// @param repository the path in the registry, as in `library/debian`
/// @param tag null only where there is a digest
public record ImageReference(
        String registry, String repository, @Nullable String tag, @Nullable Digest digest) {

    /// The registry of names that have none.
    public static final String DEFAULT_REGISTRY = "docker.io";

    private static final String DEFAULT_TAG = "latest";
    private static final int TEXT_MAX = 600;
    private static final int NAME_MAX = 255;
    private static final String HOST_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "(?:%1$s(?:\\.%1$s)*|\\[[0-9a-fA-F:]{2,39}])(?::[0-9]{1,5})?"
                            .formatted(HOST_PART));
    private static final String PATH_PART = "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+";
    private static final Pattern REPOSITORY =
            Pattern.compile("%1$s(?:/%1$s)*+".formatted(PATH_PART));
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern BARE_ID = Pattern.compile("[0-9a-f]{64}");

    public ImageReference {
        if (!REGISTRY.matcher(registry).matches() || port(registry) > 65_535) {
            throw invalid("no registry", registry);
        }
        if (!REPOSITORY.matcher(repository).matches()) throw invalid("no repository", repository);
        if (registry.length() + 1 + repository.length() > NAME_MAX) {
            throw invalid("longer than %d characters".formatted(NAME_MAX), repository);
        }
        if (tag != null && !TAG.matcher(tag).matches()) throw invalid("no tag", tag);
        if (tag == null && digest == null) throw invalid("neither tag nor digest", repository);
    }

    /// Reads what people write: `[registry/]repository[:tag][@digest]`.
    public static ImageReference parse(String text) {
        if (text.length() > TEXT_MAX) throw invalid("too long", text);
        int at = text.indexOf('@');
        var digest = at < 0 ? null : Digest.parse(text.substring(at + 1));
        var named = at < 0 ? text : text.substring(0, at);
        int colon = named.lastIndexOf(':');
        var isTagged = colon > named.lastIndexOf('/');
        var tag = isTagged ? named.substring(colon + 1) : null;
        var name = isTagged ? named.substring(0, colon) : named;
        if (BARE_ID.matcher(name).matches()) throw invalid("an id and no name", text);
        if (tag == null && digest == null) tag = DEFAULT_TAG;
        int slash = name.indexOf('/');
        if (slash < 0 || !isRegistry(name.substring(0, slash))) {
            return new ImageReference(DEFAULT_REGISTRY, inDefault(name), tag, digest);
        }
        var registry = name.substring(0, slash);
        var repository = name.substring(slash + 1);
        return isDefault(registry)
                ? new ImageReference(DEFAULT_REGISTRY, inDefault(repository), tag, digest)
                : new ImageReference(registry, repository, tag, digest);
    }

    private static boolean isRegistry(String first) {
        return first.equals("localhost")
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.chars().anyMatch(Character::isUpperCase);
    }

    private static boolean isDefault(String registry) {
        return registry.equals(DEFAULT_REGISTRY) || registry.equals("index.docker.io");
    }

    private static String inDefault(String repository) {
        return repository.indexOf('/') < 0 ? "library/" + repository : repository;
    }

    private static int port(String registry) {
        int colon = registry.lastIndexOf(':');
        var hasPort = colon > registry.lastIndexOf(']') && colon > 0;
        return hasPort ? Integer.parseInt(registry.substring(colon + 1)) : 0;
    }

    private static ImageFault invalid(String why, String text) {
        return new ImageFault(
                Kind.INVALID,
                "not an image reference, %s: %s".formatted(why, ImageFault.quoted(text)));
    }

    /// The digest that this reference is pinned to; a pinned image never has to be looked up twice.
    public Optional<Digest> pin() {
        return Optional.ofNullable(digest);
    }

    /// What is asked of the registry: the digest if there is one, else the tag.
    public String selector() {
        if (digest != null) return digest.toString();
        return tag == null ? DEFAULT_TAG : tag;
    }

    /// In full, with registry and tag or digest; reads back as the same reference.
    @Override
    public String toString() {
        var text = new StringBuilder(registry).append('/').append(repository);
        if (tag != null) text.append(':').append(tag);
        if (digest != null) text.append('@').append(digest);
        return text.toString();
    }
}
