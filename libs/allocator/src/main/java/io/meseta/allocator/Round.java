package io.meseta.allocator;

import io.meseta.allocator.quota.Withheld;
import java.util.List;

/// What one allocation gives, and what it keeps back.
public record Round(List<Grant> grants, Withheld withheld) {

    public Round {
        grants = List.copyOf(grants);
    }
}
