package io.meseta.testkit.walls.breaches.shell.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Planted: settings far from any configuration.
@ConfigurationProperties("meseta.homeless")
record HomelessProperties(int number) {}
