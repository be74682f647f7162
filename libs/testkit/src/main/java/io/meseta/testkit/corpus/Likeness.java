package io.meseta.testkit.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Takes out of an answer what differs by nature: ids, times, places, how the server was built and
/// started, and the order of lists that have none.
public final class Likeness {

    private static final Set<String> LEFT_OUT =
            Set.of(
                    "git_sha",
                    "git_branch",
                    "git_tag",
                    "build_date",
                    "build_time",
                    "build_user",
                    "log_dir",
                    "cluster",
                    "flags",
                    // A task that starts has no process yet where no executor's process stands
                    // before it.
                    "executor_pid",
                    // Not in the published v1 messages, though this build of Mesos has it.
                    "checkpoint");

    private static final Pattern NUMBERS =
            Pattern.compile(
                    ".*_time|timestamp|nanoseconds|port|ip|executor_pid|avg_load_.*|cpus_total"
                            + "|mem_(free|total)_bytes");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /// A UUID's sixteen bytes in base64.
    private static final Pattern BYTES = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private static final Pattern ID = Pattern.compile("U-(S|O)?[0-9]+");
    private static final Pattern PORT = Pattern.compile(":[0-9]{4,5}\\b");

    private Likeness() {}

    public static String of(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        if (!text.startsWith("{") && !text.startsWith("[")) return text(text);
        try {
            return of(Recorded.JSON.readTree(text));
        } catch (JacksonException _) {
            return text(text);
        }
    }

    public static String of(JsonNode node) {
        return of("", node);
    }

    private static String of(String key, JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, String>();
            for (var member : node.properties())
                if (!LEFT_OUT.contains(member.getKey()))
                    members.put(member.getKey(), of(member.getKey(), member.getValue()));
            return members.toString();
        }
        if (node.isArray()) {
            var elements = new ArrayList<String>();
            for (var element : node) elements.add(of(key, element));
            elements.sort(Comparator.naturalOrder());
            return elements.toString();
        }
        if (NUMBERS.matcher(key).matches()) return "#";
        if (!node.isString()) return node.toString();
        return BYTES.matcher(node.asString()).matches() ? "U" : text(node.asString());
    }

    private static String text(String text) {
        var named = ID.matcher(UUID.matcher(text).replaceAll("U")).replaceAll("U-$1");
        return PORT.matcher(named).replaceAll(":P");
    }

    /// The names of all figures in an answer.
    public static Set<String> figures(byte[] body) {
        var node = Recorded.JSON.readTree(body);
        var names = new TreeSet<String>();
        var metrics = node.path("get_metrics").path("metrics");
        if (metrics.isArray()) for (var metric : metrics) names.add(metric.path("name").asString());
        else for (var member : node.properties()) names.add(member.getKey());
        return names;
    }
}
