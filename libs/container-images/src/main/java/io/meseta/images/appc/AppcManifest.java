package io.meseta.images.appc;

import io.meseta.images.json.Json;
import io.meseta.images.json.Json.Items;
import io.meseta.images.json.Json.Members;
import io.meseta.images.json.Json.Text;
import io.meseta.images.json.JsonText;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The manifest in an AppC image.
///
/// @param dependencies whose files lie below this image's, the lowest first
/// @param whitelist absolute paths that the image shows, of its own and its dependencies' files;
///   empty shows all
record AppcManifest(
        AppcName name, List<AppcName> dependencies, Set<String> whitelist, Members app) {

    private static final int DEPENDENCIES_MAX = 100;
    private static final int WHITELIST_MAX = 100_000;

    AppcManifest {
        dependencies = List.copyOf(dependencies);
        whitelist = Set.copyOf(whitelist);
        if (dependencies.size() > DEPENDENCIES_MAX) {
            throw ImageFault.tooLarge("more than 100 dependencies");
        }
        if (whitelist.size() > WHITELIST_MAX) {
            throw ImageFault.tooLarge("a whitelist of more than 100,000 paths");
        }
    }

    static AppcManifest parse(byte[] text) {
        var json = Json.object(text, "the AppC manifest");
        if (!json.text("acKind").orElse("").equals("ImageManifest")) {
            throw ImageFault.malformed("its acKind is not ImageManifest");
        }
        return new AppcManifest(
                new AppcName(json.needText("name"), labels(json), null),
                json.objects("dependencies").stream().map(AppcManifest::dependency).toList(),
                Set.copyOf(json.texts("pathWhitelist")),
                json.object("app"));
    }

    private static AppcName dependency(Members json) {
        var id = json.text("imageID").map(AppcName::id).orElse(null);
        return new AppcName(json.needText("imageName"), labels(json), id);
    }

    private static Map<String, String> labels(Members json) {
        var labels = new LinkedHashMap<String, String>();
        for (var label : json.objects("labels")) {
            labels.put(label.needText("name"), label.needText("value"));
        }
        return labels;
    }

    /// Whether it may be what `wanted` asks for: all labels that were asked for are its own.
    boolean is(AppcName wanted) {
        return name.name().equals(wanted.name())
                && wanted.labels().entrySet().stream()
                        .filter(label -> !label.getValue().equals("latest"))
                        .allMatch(label -> isLabelled(label.getKey(), label.getValue()));
    }

    private boolean isLabelled(String label, String value) {
        return name.labels().getOrDefault(label, value).equals(value);
    }

    /// What it says, in the words of an OCI configuration.
    byte[] asConfig(List<Digest> diffIds, Platform platform) {
        var os = name.labels().getOrDefault("os", platform.os());
        var architecture = name.labels().getOrDefault("arch", platform.architecture());
        var layers = new ArrayList<Json>();
        for (var diffId : diffIds) layers.add(new Text(diffId.toString()));
        var rootfs = new LinkedHashMap<String, Json>();
        rootfs.put("type", new Text("layers"));
        rootfs.put("diff_ids", new Items(layers));
        var config = new LinkedHashMap<String, Json>();
        config.put("os", new Text(os));
        config.put("architecture", new Text(architecture));
        config.put("config", process());
        config.put("rootfs", new Members(rootfs));
        return JsonText.of(new Members(config)).getBytes(StandardCharsets.UTF_8);
    }

    private Members process() {
        var process = new LinkedHashMap<String, Json>();
        var environment = new ArrayList<Json>();
        for (var variable : app.objects("environment")) {
            environment.add(new Text(variable.needText("name") + "=" + variable.needText("value")));
        }
        process.put("Env", new Items(environment));
        process.put("Cmd", new Items(List.copyOf(texts(app.texts("exec")))));
        var user = app.text("user").orElse("");
        var group = app.text("group").orElse("");
        process.put("User", new Text(group.isEmpty() ? user : user + ":" + group));
        process.put("WorkingDir", new Text(app.text("workingDirectory").orElse("")));
        var volumes = new LinkedHashMap<String, Json>();
        for (var mount : app.objects("mountPoints")) {
            volumes.put(mount.needText("path"), new Members(Map.of()));
        }
        process.put("Volumes", new Members(volumes));
        return new Members(process);
    }

    private static List<Json> texts(List<String> words) {
        var texts = new ArrayList<Json>();
        for (var word : words) texts.add(new Text(word));
        return texts;
    }
}
