package io.meseta.auth.policies.web;

import io.meseta.auth.changes.Audited;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.policies.PolicyTrial;
import io.meseta.auth.policies.RecordedQuestions;
import io.meseta.authorization.Question;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Tries policies against questions, and keeps questions to try later ones against.
final class CheckDesk {

    private final PoliciesDesk policies;
    private final RecordedQuestions recorded;
    private final Ledger ledger;
    private final JsonMapper mapper;
    private final InstantSource time;

    CheckDesk(
            PoliciesDesk policies,
            RecordedQuestions recorded,
            Ledger ledger,
            JsonMapper mapper,
            InstantSource time) {
        this.policies = policies;
        this.recorded = recorded;
        this.ledger = ledger;
        this.mapper = mapper;
        this.time = time;
    }

    CheckResponse check(CheckRequest request) {
        var next = policies.present().changed(request.written(), request.removed());
        var problems = next.problems();
        if (!problems.isEmpty()) return CheckResponse.wrong(problems);
        var questions = new ArrayList<Question>();
        for (var each : request.asked()) questions.add(each.question());
        if (Boolean.TRUE.equals(request.recorded())) {
            for (var text : recorded.all()) questions.add(read(text));
        }
        if (questions.size() > PolicyTrial.QUESTIONS_MAX) {
            throw Refused.invalid(
                    "questions: at most %d at once.".formatted(PolicyTrial.QUESTIONS_MAX));
        }
        return CheckResponse.of(policies.trial(next, questions, time.instant()));
    }

    void record(Caller by, List<QuestionForm> questions) {
        // Refuses those that mean nothing, before they are kept.
        questions.forEach(QuestionForm::question);
        var texts = questions.stream().map(mapper::writeValueAsString).toList();
        ledger.<Boolean>note(
                by,
                pen -> {
                    if (recorded.count() + texts.size() > RecordedQuestions.MAX) {
                        throw new Refused(
                                new Refusal.TooMany("recorded questions", RecordedQuestions.MAX));
                    }
                    recorded.keep(texts);
                    pen.did("record-questions", new Recorded(texts.size()));
                    return true;
                });
    }

    void clear(Caller by) {
        ledger.<Boolean>note(
                by,
                pen -> {
                    pen.did("forget-questions", new Recorded((int) recorded.count()));
                    recorded.clear();
                    return true;
                });
    }

    private Question read(String text) {
        try {
            return mapper.readValue(text, QuestionForm.class).question();
        } catch (JacksonException | Refused unreadable) {
            throw new IllegalStateException("a recorded question can't be read", unreadable);
        }
    }

    private record Recorded(int count) implements Audited {

        @Override
        public String resource() {
            return "policies";
        }

        @Override
        public SortedMap<String, Object> facts() {
            return new TreeMap<>(Map.of("questions", count));
        }
    }
}
