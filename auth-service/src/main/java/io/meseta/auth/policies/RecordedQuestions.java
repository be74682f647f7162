package io.meseta.auth.policies;

import java.util.List;

/// Questions that every change of policies should be tried against, as JSON.
public interface RecordedQuestions {

    int MAX = 10_000;

    List<String> all();

    /// Keeps them besides those that are known. One that is known already is not kept twice.
    void keep(List<String> questions);

    long count();

    void clear();
}
