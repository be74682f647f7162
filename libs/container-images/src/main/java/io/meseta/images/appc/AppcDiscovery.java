package io.meseta.images.appc;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.registry.WebFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds AppC images as the specification says: simple discovery
/// (`{prefix}{name}-{version}-{os}-{arch}.aci`), and where that finds nothing, the `ac-discovery`
/// tags of the page at the image's name. Which address a page names is the page's business; that it
/// is reached by TLS, unless configured, is ours.
public final class AppcDiscovery implements AppcSource {

    private static final int PAGE_BYTES_MAX = 512 << 10;
    private static final long ARCHIVE_BYTES_MAX = 64L << 30;
    private static final int TAGS_MAX = 100;
    private static final Pattern TAG = Pattern.compile("<meta\\s[^<>]{0,2000}>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\b(name|content)\\s{0,8}=\\s{0,8}[\"']([^\"']{0,1000})[\"']");

    private final String prefix;
    private final String pageScheme;
    private final WebFiles web;

    /// @param prefix of simple discovery: `https://`, an address, or a directory (`/srv/images/`)
    /// @param pageScheme `https` unless all hosts are reached without TLS
    public AppcDiscovery(String prefix, String pageScheme, WebFiles web) {
        this.prefix = prefix;
        this.pageScheme = pageScheme;
        this.web = web;
    }

    @Override
    public Optional<Path> fetch(AppcName name, Path target) {
        var file =
                "%s-%s-%s-%s.aci"
                        .formatted(
                                name.name(),
                                name.label("version"),
                                name.label("os"),
                                name.label("arch"));
        if (prefix.startsWith("/")) return local(Path.of(prefix + file));
        if (web.download(address(prefix + file), target, ARCHIVE_BYTES_MAX)) {
            return Optional.of(target);
        }
        for (var template : templates(name.name())) {
            var found = expanded(template, name);
            if (web.download(address(found), target, ARCHIVE_BYTES_MAX)) return Optional.of(target);
        }
        return Optional.empty();
    }

    private static Optional<Path> local(Path file) {
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /// From the page at the name, or at what is above it, up to the host.
    private List<String> templates(String name) {
        for (var at = name; ; at = at.substring(0, at.lastIndexOf('/'))) {
            var page =
                    web.read(address(pageScheme + "://" + at + "?ac-discovery=1"), PAGE_BYTES_MAX);
            var found =
                    page.map(text -> templates(new String(text, StandardCharsets.UTF_8), name))
                            .orElse(List.of());
            if (!found.isEmpty() || at.indexOf('/') < 0) return found;
        }
    }

    /// The templates of a page's tags whose prefix fits the name.
    static List<String> templates(String page, String name) {
        var templates = new ArrayList<String>();
        var tags = TAG.matcher(page);
        while (tags.find() && templates.size() < TAGS_MAX) {
            var isDiscovery = false;
            var content = "";
            var attributes = ATTRIBUTE.matcher(tags.group());
            while (attributes.find()) {
                if (attributes.group(1).equals("content")) content = attributes.group(2);
                else isDiscovery = attributes.group(2).equals("ac-discovery");
            }
            var words = content.strip().split("\\s+", -1);
            if (isDiscovery && words.length == 2 && fits(words[0], name)) templates.add(words[1]);
        }
        return templates;
    }

    private static boolean fits(String prefix, String name) {
        return name.equals(prefix) || name.startsWith(prefix + "/");
    }

    private static String expanded(String template, AppcName name) {
        var text = template.replace("{name}", name.name()).replace("{ext}", "aci");
        for (var label : List.of("version", "os", "arch")) {
            text =
                    text.replaceAll(
                            "\\{" + label + "}", Matcher.quoteReplacement(name.label(label)));
        }
        return text;
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw new ImageFault(Kind.INVALID, "no address: " + ImageFault.quoted(text));
        }
    }
}
