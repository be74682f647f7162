package io.meseta.platform.problems;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/// Problem types for statuses that have no type of their own: named by the status.
final class StatusProblems {

    private StatusProblems() {}

    static ProblemType of(int status) {
        return Optional.ofNullable(HttpStatus.resolve(status))
                .map(known -> new ProblemType(nameOf(known), status, known.getReasonPhrase()))
                .orElse(new ProblemType("status", status, "Status " + status));
    }

    private static String nameOf(HttpStatus status) {
        return status.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]+", "-")
                .replaceAll("^-|-$", "");
    }
}
