package io.meseta.auth.testing;

import io.meseta.model.Opaque;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was answered.
public record Reply(int status, Map<String, String> headers, Opaque content) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public byte[] body() {
        return content.asBytes();
    }

    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return MAPPER.readTree(body());
    }

    public String at(String field) {
        return json().path(field).asString("");
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + text();
    }
}
