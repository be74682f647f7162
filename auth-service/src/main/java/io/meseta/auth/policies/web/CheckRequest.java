package io.meseta.auth.policies.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Policies to be tried.
///
/// @param policies texts by names, which take the place of those in force or join them
/// @param remove names of policies that would be gone
/// @param questions to be asked under both
/// @param recorded whether to ask the recorded questions too
record CheckRequest(
        @Nullable Map<String, String> policies,
        @Nullable List<String> remove,
        @Nullable List<QuestionForm> questions,
        @Nullable Boolean recorded) {

    Map<String, String> written() {
        return policies == null ? Map.of() : policies;
    }

    List<String> removed() {
        return remove == null ? List.of() : remove;
    }

    List<QuestionForm> asked() {
        return questions == null ? List.of() : questions;
    }
}
