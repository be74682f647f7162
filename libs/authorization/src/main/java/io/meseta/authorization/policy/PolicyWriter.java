package io.meseta.authorization.policy;

import io.meseta.authorization.Action;
import io.meseta.authorization.SubjectKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a policy as YAML that reads back as the same policy.
public final class PolicyWriter {

    private final StringBuilder text = new StringBuilder();

    private PolicyWriter() {}

    public static String write(Policy policy) {
        var writer = new PolicyWriter();
        writer.line("policy: " + quoted(policy.name()));
        if (!policy.description().isEmpty()) {
            writer.line("description: " + quoted(policy.description()));
        }
        writer.line(policy.rules().isEmpty() ? "rules: []" : "rules:");
        policy.rules().forEach(writer::rule);
        return writer.text.toString();
    }

    private void rule(Rule rule) {
        line("  - id: " + quoted(rule.id()));
        if (!rule.description().isEmpty()) {
            line("    description: " + quoted(rule.description()));
        }
        line("    effect: " + rule.effect().text());
        line("    actions: " + actions(rule));
        line("    subjects: " + who(rule.who()));
        if (!rule.what().attributes().isEmpty()) line("    targets: " + what(rule.what()));
        call(rule.call());
        if (!rule.unless().isEmpty()) line("    unless:");
        for (var exemption : rule.unless()) {
            line("      - subjects: " + who(exemption.who()));
            if (!exemption.what().attributes().isEmpty()) {
                line("        targets: " + what(exemption.what()));
            }
        }
        rule.condition().sentence().ifPresent(when -> line("    when: " + quoted(when)));
    }

    private void call(CallShape call) {
        if (!call.methods().isEmpty()) line("    methods: " + list(call.methods()));
        if (!call.paths().isEmpty()) line("    paths: " + list(call.paths()));
        if (call.headers().isEmpty()) return;
        var headers =
                call.headers().entrySet().stream()
                        .map(each -> quoted(each.getKey()) + ": " + list(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        line("    headers: " + headers);
    }

    private static String actions(Rule rule) {
        return rule.actions().equals(EnumSet.allOf(Action.class)) ? "any" : list(rule.actions());
    }

    private static String who(Who who) {
        return switch (who) {
            case Who.Everyone _ -> "everyone";
            case Who.Authenticated _ -> "authenticated";
            case Who.Some(var principals, var groups, var kinds) ->
                    mapping(
                            Map.of(
                                    "principals",
                                    principals,
                                    "groups",
                                    groups,
                                    "kinds",
                                    kinds.stream().map(SubjectKind::text).toList()));
        };
    }

    private static String what(What what) {
        return what.attributes().entrySet().stream()
                .map(each -> each.getKey().text() + ": " + list(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String mapping(Map<String, Collection<?>> lists) {
        return lists.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .sorted(Map.Entry.<String, Collection<?>>comparingByKey().reversed())
                .map(each -> each.getKey() + ": " + list(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String list(Collection<?> items) {
        return items.stream()
                .map(item -> quoted(item.toString()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// Double quotes, within which YAML and JSON agree.
    private static String quoted(String word) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter == '"' || letter == '\\') quoted.append('\\').append(letter);
            else if (letter >= ' ' && letter < 0x7f) quoted.append(letter);
            else quoted.append("\\u").append("%04x".formatted((int) letter));
        }
        return quoted.append('"').toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
