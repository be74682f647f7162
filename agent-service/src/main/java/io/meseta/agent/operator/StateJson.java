package io.meseta.agent.operator;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.agent.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;

/// Answers about state in Mesos' JSON, in which a list of which nothing is known is an empty list;
/// everywhere else it is left out.
final class StateJson {

    private static final Set<Response.Type> OF_STATE =
            Set.of(
                    Response.Type.GET_STATE,
                    Response.Type.GET_TASKS,
                    Response.Type.GET_EXECUTORS,
                    Response.Type.GET_FRAMEWORKS);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private StateJson() {}

    static byte[] write(Response response) {
        if (!OF_STATE.contains(response.getType())) return MesosJson.write(response);
        var json = new StateJson();
        json.text("{\"type\":\"" + response.getType() + "\"");
        for (var field : response.getAllFields().entrySet())
            if (field.getValue() instanceof Message body) {
                json.text(",\"" + field.getKey().getName() + "\":");
                json.object(body);
            }
        json.text("}");
        return json.out.toByteArray();
    }

    /// A message of lists, or of messages of lists.
    private void object(Message body) {
        var separator = "{";
        for (var field : body.getDescriptorForType().getFields()) {
            if (!field.isRepeated() && !body.hasField(field)) continue;
            text(separator + "\"" + field.getName() + "\":");
            if (field.isRepeated()) list(body, field);
            else if (body.getField(field) instanceof Message inner) object(inner);
            separator = ",";
        }
        text(separator.equals("{") ? "{}" : "}");
    }

    private void list(Message body, FieldDescriptor field) {
        var separator = "[";
        if (body.getField(field) instanceof Collection<?> elements)
            for (var element : elements) {
                text(separator);
                if (element instanceof Message message) out.writeBytes(MesosJson.write(message));
                separator = ",";
            }
        text(separator.equals("[") ? "[]" : "]");
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
