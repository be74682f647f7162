package io.meseta.auth.policies.web;

import io.meseta.auth.changes.Refused;
import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A question as it is sent: may this principal do this to that?
///
/// @param kind `user` if it is not said; without a principal, nobody is asking
/// @param groups besides those that the auth-service knows
/// @param target attributes by name: `{"role": "eng"}`
/// @param method of a call to a microservice, with its path
record QuestionForm(
        @Nullable String principal,
        @Nullable String kind,
        @Nullable List<String> groups,
        @Nullable String action,
        @Nullable Map<String, String> target,
        @Nullable String method,
        @Nullable String path,
        @Nullable Map<String, List<String>> headers) {

    private static final int PARTS_MAX = 100;
    private static final int LENGTH_MAX = 4_096;

    Question question() {
        var known =
                Action.of(action == null ? "" : action)
                        .orElseThrow(() -> Refused.invalid("questions: no such action."));
        var what = Target.of(known.target());
        for (var each : target == null ? List.<Map.Entry<String, String>>of() : entries(target)) {
            var attribute =
                    Attribute.of(each.getKey())
                            .filter(known.target()::has)
                            .orElseThrow(() ->
                                    Refused.invalid(
                                            "questions: what %s is done to has no such attribute."
                                                    .formatted(known)));
            what = what.and(attribute, limited(each.getValue()));
        }
        if (known != Action.CALL_SERVICE) return Question.of(subject(), known, what);
        if (method == null || path == null) {
            throw Refused.invalid("questions: CALL_SERVICE needs a method and a path.");
        }
        var fields = headers == null ? Map.<String, List<String>>of() : headers;
        return Question.ofCall(subject(), what, Call.of(limited(method), limited(path), fields));
    }

    private Subject subject() {
        if (principal == null || principal.isEmpty()) return Subject.ANONYMOUS;
        var known =
                SubjectKind.of(kind == null ? "user" : kind)
                        .filter(each -> each != SubjectKind.ANONYMOUS)
                        .orElseThrow(() -> Refused.invalid("questions: no such kind of subject."));
        var more = groups == null ? List.<String>of() : groups;
        if (more.size() > PARTS_MAX) throw Refused.invalid("questions: too many groups.");
        return Subject.of(known, limited(principal)).inGroups(more);
    }

    private static List<Map.Entry<String, String>> entries(Map<String, String> target) {
        return List.copyOf(target.entrySet());
    }

    private static String limited(String text) {
        if (text.length() <= LENGTH_MAX) return text;
        throw Refused.invalid("questions: a text is longer than %d.".formatted(LENGTH_MAX));
    }
}
