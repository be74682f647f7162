package io.meseta.auth.founding;

import io.meseta.model.Opaque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// First secrets as Secrets of Kubernetes, one for each reader: `NAME-READER`. Nobody can change
/// them afterwards, only delete them.
final class SecretManifests {

    private SecretManifests() {}

    static String json(FirstSecrets secrets, String name) {
        var items = new ArrayList<SortedMap<String, Object>>();
        secrets.rooms().forEach((room, files) -> items.add(secret(name + "-" + room, files)));
        var list = new TreeMap<String, Object>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", items);
        return JsonMapper.builder().build().writeValueAsString(list);
    }

    private static SortedMap<String, Object> secret(String name, SortedMap<String, Opaque> files) {
        var data = new TreeMap<String, String>();
        files.forEach((file, bytes) ->
                data.put(file, Base64.getEncoder().encodeToString(bytes.asBytes())));
        return new TreeMap<>(
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Secret",
                        "metadata",
                        metadata(name),
                        "type",
                        "Opaque",
                        "immutable",
                        true,
                        "data",
                        data));
    }

    private static SortedMap<String, Object> metadata(String name) {
        var labels = Map.of("app.kubernetes.io/part-of", "meseta");
        return new TreeMap<>(Map.of("name", name, "labels", labels));
    }
}
