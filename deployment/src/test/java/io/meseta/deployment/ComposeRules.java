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
    private static final Pattern FILE = Pattern.compile("^--[a-z.-]+-file=/run/meseta/[a-z.-]+$");
    private static final Pattern HARMLESS = Pattern.compile("^(password_encryption=.*|/?secrets)$");
    private static final String OPEN = "meseta.open";
    private static final String GATEWAY = "gateway";
    private static final String UNCHANGED = ":ro";
    private static final String MAKER = "secrets";

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
            rules.doors(service.getKey(), service.getValue());
            rules.secrets(service.getKey(), service.getValue());
            rules.secretFiles(service.getKey(), service.getValue());
            rules.references(service.getKey(), service.getValue());
        }
        rules.variables();
        rules.waysOut();
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
        boolean isCommand = service.has("profiles") || isDoneOnce(name);
        var added = texts(service.path("cap_add"));
        if (service.path("init").asBoolean() && added.contains("SETUID") && !added.contains("KILL"))
            complain(name, "its init may not signal what has become another user");
        for (var key : List.of("init", "stop_grace_period", "restart", "deploy")) {
            if (!service.has(key)) complain(name, "it has no " + key);
        }
        if (!isCommand && !service.at("/healthcheck/test").isArray())
            complain(name, "nobody asks how it is");
        if (!service.path("restart").asText().equals(isCommand ? "no" : "unless-stopped"))
            complain(name, isCommand ? "it is done again and again" : "it stays down");
    }

    /// Whether others wait for its end.
    private boolean isDoneOnce(String name) {
        return StreamSupport.stream(file.path("services").spliterator(), false)
                .map(other -> other.path("depends_on").path(name).path("condition").asText())
                .anyMatch("service_completed_successfully"::equals);
    }

    /// One door, and nobody without identity behind it.
    private void doors(String name, JsonNode service) {
        if (allTexts(service).stream().anyMatch(text -> text.contains(OPEN)))
            complain(name, "it is open to everybody");
        if (!service.path("network_mode").asText("none").equals("none"))
            complain(name, "it has no network identity of its own");
        if (!name.equals(GATEWAY) && service.has("ports"))
            complain(name, "it has a door beside the gateway's");
        for (var port : texts(service.path("ports"))) {
            if (!port.startsWith("${MESETA_ADDRESS:-127.0.0.1}:"))
                complain(name, "all may call its port " + port);
        }
    }

    /// Networks that lead out of this machine are for the gateway and for tasks.
    private void waysOut() {
        for (var service : file.path("services").properties()) {
            for (var network : texts(service.getValue().path("networks"))) {
                boolean isInside = file.at("/networks/" + network + "/internal").asBoolean();
                if (!isInside && !List.of(GATEWAY, "agent").contains(service.getKey()))
                    complain(service.getKey(), "it has a way out by " + network);
            }
        }
    }

    private void secrets(String name, JsonNode service) {
        for (var variable : service.path("environment").properties()) {
            var value = variable.getValue().asText();
            boolean isFile =
                    variable.getKey().endsWith("_FILE") && value.startsWith("/run/meseta/");
            if (SECRET.matcher(variable.getKey()).find() && !isFile)
                complain(name, "a secret is in its environment: " + variable.getKey());
            if (ASSIGNED.matcher(value).find())
                complain(name, "a secret is in its environment: " + variable.getKey());
        }
        for (var word : texts(service.path("command"))) {
            boolean isFile = FILE.matcher(word).matches() || HARMLESS.matcher(word).matches();
            if (SECRET.matcher(word).find() && !isFile)
                complain(name, "a secret is in its command: " + word);
        }
    }

    /// Each reads its own part, and can't change it; only their maker sees all.
    private void secretFiles(String name, JsonNode service) {
        var volumes =
                texts(service.path("volumes")).stream()
                        .filter(volume -> volume.startsWith("secrets-"))
                        .toList();
        if (name.equals(MAKER)) return;
        if (volumes.size() > 1) complain(name, "it sees secrets of others: " + volumes);
        for (var volume : volumes) {
            var reader = volume.substring("secrets-".length()).split(":", -1)[0];
            if (!name.replaceFirst("-[0-9]+$", "").equals(reader))
                complain(name, "it sees the secrets of " + reader);
            if (!volume.endsWith(UNCHANGED)) complain(name, "it may change its secrets");
            if (!service.has("profiles") && !service.path("depends_on").has(MAKER))
                complain(name, "it does not wait for its secrets");
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
