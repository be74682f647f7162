package io.meseta.testkit.walls.breaches.core;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Planted: everything a core must not touch.
final class ImpureRoom {

    private final Map<String, Integer> counts = new HashMap<>();

    Instant readsTheClock() {
        return Instant.now();
    }

    Supplier<Instant> readsItThroughAReference() {
        return Instant::now;
    }

    long readsTheMonotonicClock() {
        return System.nanoTime();
    }

    int rollsDice() {
        return new Random(1).nextInt();
    }

    UUID inventsAnId() {
        return UUID.randomUUID();
    }

    void startsAThread() {
        Thread.ofVirtual().start(counts::clear);
    }

    File opensTheWorld() {
        return new File("/");
    }

    JavaClasses dependsOnALibrary() {
        return new ClassFileImporter().importPackages("nowhere");
    }

    Set<String> forgetsTheOrder() {
        return Set.of("a", "b");
    }

    Map<Integer, List<String>> groupsWithoutOrder(List<String> names) {
        return names.stream().collect(Collectors.groupingBy(String::length));
    }

    Map<String, Integer> keepsTheOrder() {
        return new TreeMap<>(Map.of("one", 1));
    }
}
