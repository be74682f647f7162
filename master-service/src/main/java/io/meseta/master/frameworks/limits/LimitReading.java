package io.meseta.master.frameworks.limits;

import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.RateLimit;
import io.meseta.mesos.v1.RateLimits;
import io.meseta.model.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Reads Mesos' `--rate_limits`: JSON, or the name of a file that holds it.
final class LimitReading {

    private static final String FILE = "file://";

    private LimitReading() {}

    /// @param byPrincipal those who have a limit of their own; empty for none at all
    /// @param others what all others share
    record Limits(Map<Principal, Optional<Limit>> byPrincipal, Optional<Limit> others) {

        static final Limits NONE = new Limits(Map.of(), Optional.empty());

        Limits {
            byPrincipal = Map.copyOf(byPrincipal);
        }
    }

    /// @param perSecond how many calls are let through
    /// @param capacity how many may wait; empty for any number
    record Limit(double perSecond, OptionalLong capacity) {}

    static Limits read(String setting) {
        var text = setting.strip();
        if (text.isEmpty()) return Limits.NONE;
        return parse(text.startsWith("{") ? text : file(text));
    }

    private static String file(String name) {
        var path = Path.of(name.startsWith(FILE) ? name.substring(FILE.length()) : name);
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The rate limits cannot be read from " + path, unreadable);
        }
    }

    private static Limits parse(String json) {
        RateLimits wire;
        try {
            wire =
                    MesosJson.read(
                            json.getBytes(StandardCharsets.UTF_8),
                            RateLimits.getDefaultInstance(),
                            JsonLimits.DEFAULT);
        } catch (UnreadableJson unreadable) {
            throw new IllegalArgumentException(
                    "The rate limits are not understood: " + unreadable.getMessage(), unreadable);
        }
        var byPrincipal = new TreeMap<Principal, Optional<Limit>>();
        for (var each : wire.getLimitsList()) {
            var principal = new Principal(each.getPrincipal());
            if (byPrincipal.put(principal, limit(each)) != null)
                throw new IllegalArgumentException(
                        "Duplicate principal " + principal + " found in RateLimits configuration");
        }
        return new Limits(byPrincipal, others(wire));
    }

    private static Optional<Limit> limit(RateLimit wire) {
        if (!wire.hasQps()) return Optional.empty();
        check("qps", wire.getQps());
        return Optional.of(
                new Limit(
                        wire.getQps(),
                        wire.hasCapacity()
                                ? OptionalLong.of(wire.getCapacity())
                                : OptionalLong.empty()));
    }

    private static Optional<Limit> others(RateLimits wire) {
        if (!wire.hasAggregateDefaultQps()) return Optional.empty();
        check("aggregate_default_qps", wire.getAggregateDefaultQps());
        return Optional.of(
                new Limit(
                        wire.getAggregateDefaultQps(),
                        wire.hasAggregateDefaultCapacity()
                                ? OptionalLong.of(wire.getAggregateDefaultCapacity())
                                : OptionalLong.empty()));
    }

    private static void check(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value))
            throw new IllegalArgumentException(
                    "Invalid " + field + ": " + value + ". It must be a positive number");
    }
}
