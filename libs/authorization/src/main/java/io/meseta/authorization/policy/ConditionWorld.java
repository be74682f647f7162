package io.meseta.authorization.policy;

import io.meseta.authorization.Attribute;
import io.meseta.authorization.CallPath;
import io.meseta.authorization.Question;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a condition may ask for, looked up only when it does.
record ConditionWorld(Question question, Map<String, String> variables, Instant now) {

    static final String VARIABLES = "call.variables";

    private static final String TARGET = "target.";

    Optional<Object> find(String name) {
        var subject = question.subject();
        return switch (name) {
            case "subject.principal" -> Optional.of(subject.principal());
            case "subject.kind" -> Optional.of(subject.kind().text());
            case "subject.groups" -> Optional.of(List.copyOf(subject.groups()));
            case "subject.claims" -> Optional.of(subject.claims());
            case "action" -> Optional.of(question.action().name());
            case "target.kind" -> Optional.of(question.target().kind().text());
            case "target.attributes" -> Optional.of(attributes());
            case "call.method" -> question.call().map(call -> call.method());
            case "call.path" -> path().map(CallPath.Clear::encoded);
            case "call.segments" -> path().map(CallPath.Clear::segments);
            case "call.headers" -> question.call().map(call -> call.headers());
            case VARIABLES -> Optional.of(variables);
            case "now" -> Optional.of(now);
            default -> attribute(name);
        };
    }

    private Optional<Object> attribute(String name) {
        if (!name.startsWith(TARGET)) return Optional.empty();
        return Attribute.of(name.substring(TARGET.length())).flatMap(question.target()::value);
    }

    private Map<String, String> attributes() {
        var attributes = new TreeMap<String, String>();
        question.target().attributes().forEach((key, value) -> attributes.put(key.text(), value));
        return attributes;
    }

    private Optional<CallPath.Clear> path() {
        return question.call()
                .map(call -> call.path())
                .filter(CallPath.Clear.class::isInstance)
                .map(CallPath.Clear.class::cast);
    }
}
