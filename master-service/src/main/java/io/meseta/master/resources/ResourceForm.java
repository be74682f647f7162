package io.meseta.master.resources;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceJson;
import io.meseta.mesos.v1.Resource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The form that the older endpoints are sent: an agent's id, and lists of resources as JSON.
///
/// @param words what a complaint about JSON begins with; Mesos has two ways to say it
record ResourceForm(Map<String, String> fields, String words) {

    static ResourceForm of(byte[] body, String words) throws Unacceptable {
        var fields = new TreeMap<String, String>();
        for (var pair : new String(body, StandardCharsets.UTF_8).split("[&;]", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0)
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return new ResourceForm(fields, words);
    }

    private static String decoded(String text) throws Unacceptable {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new Unacceptable(
                    "Unable to decode query string: Malformed % escape in '" + text + "'");
        }
    }

    String agent() throws Unacceptable {
        return value("slaveId");
    }

    List<Resource> resources(String name) throws Unacceptable {
        return parse(name, value(name));
    }

    /// None if the form does not say.
    List<Resource> resourcesIfAny(String name) throws Unacceptable {
        return fields.containsKey(name) ? resources(name) : List.of();
    }

    private String value(String name) throws Unacceptable {
        return Optional.ofNullable(fields.get(name))
                .orElseThrow(() ->
                        new Unacceptable(
                                "Missing '" + name + "' query parameter in the request body"));
    }

    private List<Resource> parse(String name, String json) throws Unacceptable {
        var before = words + " '" + name + "' query parameter in the request body: ";
        try {
            return ResourceJson.list(json);
        } catch (UnreadableJson unreadable) {
            throw new Unacceptable(before + unreadable.getMessage());
        } catch (InvalidResource unlike) {
            throw new Unacceptable(before + unlike.getMessage());
        }
    }
}
