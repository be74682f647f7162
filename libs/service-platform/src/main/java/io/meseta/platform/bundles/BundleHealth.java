package io.meseta.platform.bundles;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Ready is who can tell callers apart: not before the first bundle. An old one will do.
final class BundleHealth implements HealthIndicator {

    private final CurrentBundle current;
    private final boolean isOpen;

    BundleHealth(CurrentBundle current, boolean isOpen) {
        this.current = current;
        this.isOpen = isOpen;
    }

    @Override
    public Health health() {
        if (isOpen) return Health.up().withDetail("mode", "open").build();
        return current.known()
                .map(bundle -> Health.up().withDetail("version", bundle.version()).build())
                .orElseGet(() -> Health.outOfService().withDetail("version", 0).build());
    }
}
