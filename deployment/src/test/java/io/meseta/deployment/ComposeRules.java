package io.meseta.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// What we ask of the compose file beyond what its schema says.
final class ComposeRules {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)([^}]*)}");
    private static final Pattern SECRET = Pattern.compile("(?i)(password|passwd|token|secret)");
    private static final Pattern ASSIGNED = Pattern.compile(SECRET + "[=:]");
    private static final String OPEN = "--meseta.open=true";
    private static final String LOOPBACK = "--server.address=127.0.0.1";

    private final List<String> complaints = new ArrayList<>();
    private final JsonNode file;

    private ComposeRules(JsonNode file) {
        this.file = file;
    }

    /// One sentence for each rule that is broken.
    static List<String> complaints(JsonNode file) {
        var rules = new ComposeRules(file);
        for (var service : file.path("services").properties()) {
            rules.confinement(service.getKey(), service.getValue());
            rules.life(service.getKey(), service.getValue());
            rules.openMode(service.getKey(), service.getValue());
            rules.secrets(service.getKey(), service.getValue());
            rules.references(service.getKey(), service.getValue());
        }
        rules.variables();
        rules.secretFiles();
        return rules.complaints;
    }

    private void confinement(String name, JsonNode service) {
        var image = service.path("image").asText();
        ImageName.complaint(image).ifPresent(complaint -> complain(name, complaint));
        if (!service.path("read_only").asBoolean()) complain(name, "its root can be written to");
        if (!texts(service.path("cap_drop")).equals(List.of("ALL")))
            complain(name, "it keeps capabilities");
        if (!texts(service.path("security_opt")).contains("no-new-privileges:true"))
            complain(name, "it may gain privileges");
        for (var volume : texts(service.path("volumes"))) {
            if (volume.startsWith("/") || volume.startsWith("."))
                complain(name, "it sees the machine's " + volume);
        }
    }

    private void life(String name, JsonNode service) {
        boolean isCommand = service.has("profiles");
        var added = texts(service.path("cap_add"));
        if (service.path("init").asBoolean() && added.contains("SETUID") && !added.contains("KILL"))
            complain(name, "its init may not signal what has become another user");
        for (var key : List.of("init", "stop_grace_period", "restart", "deploy")) {
            if (!service.has(key)) complain(name, "it has no " + key);
        }
        if (!isCommand && !service.has("healthcheck")) complain(name, "nobody asks how it is");
        if (!isCommand && !service.path("restart").asText().equals("unless-stopped"))
            complain(name, "it stays down");
    }

    /// Open to all who reach it, so: reached by this machine only.
    private void openMode(String name, JsonNode service) {
        var command = texts(service.path("command"));
        if (command.contains(OPEN)) {
            if (!command.contains(LOOPBACK)) complain(name, "it is open and not on the loopback");
            if (!service.path("network_mode").asText().equals("service:door"))
                complain(name, "it is open and not behind the door");
        }
        for (var port : texts(service.path("ports"))) {
            if (!port.startsWith("127.0.0.1:")) complain(name, "all may call its port " + port);
        }
    }

    private void secrets(String name, JsonNode service) {
        for (var variable : service.path("environment").properties()) {
            var value = variable.getValue().asText();
            boolean isFile =
                    variable.getKey().endsWith("_FILE") && value.startsWith("/run/secrets/");
            if (SECRET.matcher(variable.getKey()).find() && !isFile)
                complain(name, "a secret is in its environment: " + variable.getKey());
            if (ASSIGNED.matcher(value).find())
                complain(name, "a secret is in its environment: " + variable.getKey());
        }
        for (var word : texts(service.path("command"))) {
            if (SECRET.matcher(word).find() && !word.startsWith("password_encryption="))
                complain(name, "a secret is in its command: " + word);
        }
    }

    private void references(String name, JsonNode service) {
        requireKnown(
                name,
                "services",
                service.path("depends_on").properties().stream().map(Map.Entry::getKey).toList());
        requireKnown(name, "networks", texts(service.path("networks")));
        requireKnown(name, "configs", sources(service.path("configs")));
        requireKnown(name, "secrets", sources(service.path("secrets")));
        requireKnown(
                name,
                "volumes",
                texts(service.path("volumes")).stream().map(it -> it.split(":", -1)[0]).toList());
    }

    private void requireKnown(String service, String kind, List<String> names) {
        for (var name : names) {
            if (!file.path(kind).has(name)) complain(service, "no " + kind + " are called " + name);
        }
    }

    /// A variable that is not set is either of no weight or an error that says what to do.
    private void variables() {
        var said = new HashSet<String>();
        for (var text : allTexts(file)) {
            var matcher = VARIABLE.matcher(text);
            while (matcher.find()) {
                var rest = matcher.group(2);
                if (!rest.startsWith(":-") && !rest.startsWith(":?") && said.add(matcher.group(1)))
                    complaints.add(matcher.group(1) + " has neither a default nor an error");
            }
        }
    }

    private void secretFiles() {
        for (var secret : file.path("secrets").properties()) {
            if (!secret.getValue().path("file").asText().matches("\\$\\{[A-Z_]+:\\?.{20,}}"))
                complaints.add("the secret " + secret.getKey() + " has a file by default");
        }
    }

    private void complain(String service, String complaint) {
        complaints.add(service + ": " + complaint);
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static List<String> sources(JsonNode grants) {
        return StreamSupport.stream(grants.spliterator(), false)
                .map(grant -> grant.isTextual() ? grant.asText() : grant.path("source").asText())
                .toList();
    }

    static Set<String> allTexts(JsonNode node) {
        var texts = new HashSet<String>();
        if (node.isTextual()) texts.add(node.asText());
        node.forEach(child -> texts.addAll(allTexts(child)));
        return texts;
    }
}
