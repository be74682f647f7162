package io.meseta.platform.open;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether the service may run without authentication.
@ConfigurationProperties("meseta")
public record OpenModeProperties(@DefaultValue("false") boolean open) {}
