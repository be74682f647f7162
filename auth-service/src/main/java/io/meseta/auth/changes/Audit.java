package io.meseta.auth.changes;

import java.util.List;

/// All that was ever changed. It only grows.
public interface Audit {

    /// Lines with numbers below `before`, the newest first. An empty word asks for nothing.
    ///
    /// @param resource a resource, or the beginning of its path
    List<AuditLine> page(long before, String principal, String resource, int limit);
}
