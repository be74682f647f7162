package io.meseta.authorization.policy;

import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;

/// Subjects and targets that a rule leaves alone although it would match.
public record Exemption(Who who, What what) {

    public boolean covers(Subject subject, Target target) {
        return who.includes(subject) && what.includes(target);
    }
}
