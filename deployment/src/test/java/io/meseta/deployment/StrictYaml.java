package io.meseta.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// YAML as engines read it, with anchors and merge keys, but without their leniency: a key that
/// stands twice is an error.
final class StrictYaml {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StrictYaml() {}

    static JsonNode document(String text) {
        return MAPPER.valueToTree(yaml().load(text));
    }

    /// All documents of a stream, without the empty ones.
    static List<JsonNode> documents(String text) {
        var documents = new ArrayList<JsonNode>();
        for (var document : yaml().loadAll(text)) {
            if (Objects.nonNull(document)) documents.add(MAPPER.valueToTree(document));
        }
        return documents;
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }
}
