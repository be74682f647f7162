package io.meseta.auth.policies.web;

import static io.meseta.auth.web.Replies.needed;

import io.meseta.auth.changes.Caller;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/// What a change of policies would do. Nothing is changed by asking.
@Controller
@ResponseBody
@Tag(name = "policies", description = "Who may do what")
final class ChecksController {

    private final CheckDesk desk;

    ChecksController(CheckDesk desk) {
        this.desk = desk;
    }

    record RecordRequest(@Nullable List<QuestionForm> questions) {}

    @Operation(
            operationId = "checkPolicies",
            summary = "Try policies without putting them in force",
            description =
                    "Says what is wrong with the texts, or how each question is answered now and"
                            + " would be then.")
    @Allowed(Action.VIEW_POLICY)
    @PostMapping("/auth/v1/policies:check")
    CheckResponse check(@RequestBody CheckRequest body) {
        return desk.check(body);
    }

    @Operation(
            operationId = "recordQuestions",
            summary = "Keep questions, to try every later change against")
    @Allowed(Action.CHANGE_POLICY)
    @PostMapping("/auth/v1/policies:record")
    ResponseEntity<Void> record(Caller by, @RequestBody RecordRequest body) {
        desk.record(by, needed(body.questions(), "questions"));
        return ResponseEntity.noContent().build();
    }

    @Operation(operationId = "forgetQuestions", summary = "Forget all questions that were kept")
    @Allowed(Action.CHANGE_POLICY)
    @DeleteMapping("/auth/v1/policies:record")
    ResponseEntity<Void> clear(Caller by) {
        desk.clear(by);
        return ResponseEntity.noContent().build();
    }
}
