package io.meseta.testkit.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The ids of then, as they are now.
public final class Ids {

    private static final Pattern AGENT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-S[0-9]+");

    private final Optional<String> agent;
    private final Map<String, String> others = new HashMap<>();

    /// @param agent the agent that stands for every agent in the recordings
    public Ids(Optional<String> agent) {
        this.agent = agent;
    }

    public void put(String then, String now) {
        others.put(then, now);
    }

    public byte[] translate(byte[] body) {
        if (others.isEmpty() && agent.isEmpty()) return body;
        var text = new String(body, StandardCharsets.UTF_8);
        // What is not text holds no ids that would have to be replaced.
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body)) return body;
        return translate(text).getBytes(StandardCharsets.UTF_8);
    }

    public String translate(String text) {
        var translated = text;
        for (var each : others.entrySet())
            translated = translated.replace(each.getKey(), each.getValue());
        return agent.isEmpty() ? translated : AGENT.matcher(translated).replaceAll(agent.get());
    }
}
