package io.meseta.agent.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meseta.runtime.doctor.HostReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a machine can do for containers, as it is told over HTTP.
///
/// @param able whether it can run any
/// @param remedy the one command that would make it able; absent where it is, or none would
@JsonInclude(JsonInclude.Include.NON_NULL)
record DoctorResponse(boolean able, @Nullable String remedy, List<DoctorFinding> findings) {

    DoctorResponse {
        findings = List.copyOf(findings);
    }

    /// One thing about the machine.
    ///
    /// @param weight `good`, `limit` or `fatal`
    /// @param remedy a command that would mend it; absent where none would
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DoctorFinding(String topic, String weight, String text, @Nullable String remedy) {}

    static DoctorResponse of(HostReport report) {
        var findings =
                report.findings().stream()
                        .map(each ->
                                new DoctorFinding(
                                        each.topic(),
                                        each.weight().name().toLowerCase(Locale.ROOT),
                                        each.text(),
                                        each.remedy()))
                        .toList();
        return new DoctorResponse(report.isAble(), report.remedy().orElse(null), findings);
    }
}
