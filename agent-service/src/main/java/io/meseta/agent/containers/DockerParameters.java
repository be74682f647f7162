package io.meseta.agent.containers;

import io.meseta.agent.containers.DockerWishes.CapabilityWish;
import io.meseta.agent.containers.DockerWishes.Placement;
import io.meseta.mesos.v1.Parameter;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the parameters of a container of type DOCKER. Those that say something of limits, rights
/// and memory are understood, in the form that `docker run` takes; all others are refused, since
/// what is passed over is not kept.
final class DockerParameters {

    private static final int PARAMETERS_MAX = 256;
    private static final int WEIGHT_MIN = 10;
    private static final int WEIGHT_MAX = 1000;
    private static final String ALL = "ALL";

    private static final Pattern NUMBERS =
            Pattern.compile("[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?){0,255}");
    private static final Pattern WHOLE = Pattern.compile("-1|[0-9]{1,18}");
    private static final Pattern LIMIT =
            Pattern.compile("([a-z]{2,12})=(-1|[0-9]{1,18})(?::(-1|[0-9]{1,18}))?");

    /// Kinds of `setrlimit(2)`.
    private static final Set<String> RLIMITS =
            Set.of(
                    "core",
                    "cpu",
                    "data",
                    "fsize",
                    "locks",
                    "memlock",
                    "msgqueue",
                    "nice",
                    "nofile",
                    "nproc",
                    "rss",
                    "rtprio",
                    "rttime",
                    "sigpending",
                    "stack");

    private final List<TmpfsWish> inMemory = new ArrayList<>();
    private final EnumSet<Capability> added = EnumSet.noneOf(Capability.class);
    private final EnumSet<Capability> dropped = EnumSet.noneOf(Capability.class);
    private final Map<String, Rlimit> rlimits = new LinkedHashMap<>();
    private String processors = "";
    private String memoryNodes = "";
    private int diskWeight;
    private long processesMax;
    private long shmBytes;
    private boolean isReadOnly;
    private boolean isWithoutUsual;

    private DockerParameters() {}

    /// @throws IllegalArgumentException that names the parameter, with a reason for people
    static DockerWishes read(List<Parameter> parameters) {
        if (parameters.size() > PARAMETERS_MAX)
            throw new IllegalArgumentException("more than 256 docker parameters");
        var reading = new DockerParameters();
        for (var parameter : parameters) {
            var named = "docker parameter '" + parameter.getKey() + "'";
            boolean isKnown;
            try {
                isKnown = reading.takes(parameter.getKey(), parameter.getValue().strip());
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(named + ": " + wrong.getMessage(), wrong);
            }
            if (!isKnown) throw new IllegalArgumentException(named);
        }
        return reading.wishes();
    }

    private DockerWishes wishes() {
        return new DockerWishes(
                inMemory,
                new Placement(processors, memoryNodes),
                diskWeight,
                processesMax,
                shmBytes,
                isReadOnly,
                new CapabilityWish(added, dropped, isWithoutUsual),
                rlimits);
    }

    /// @return whether it is one that is understood
    private boolean takes(String key, String value) {
        switch (key) {
            case "tmpfs" -> inMemory.add(TmpfsWish.parse(value));
            case "cpuset-cpus" -> processors = numbers(value);
            case "cpuset-mems" -> memoryNodes = numbers(value);
            case "blkio-weight" -> diskWeight = weight(value);
            case "pids-limit" -> processesMax = Math.max(0, whole(value));
            case "shm-size" -> shmBytes = ByteAmount.parse(value);
            case "read-only" -> isReadOnly = truth(value);
            case "cap-add" -> add(value);
            case "cap-drop" -> drop(value);
            case "ulimit" -> limit(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String numbers(String value) {
        if (NUMBERS.matcher(value).matches()) return value;
        throw new IllegalArgumentException("'" + value + "' are no numbers such as 0-3,8");
    }

    private static int weight(String value) {
        long weight = whole(value);
        if (weight >= WEIGHT_MIN && weight <= WEIGHT_MAX) return (int) weight;
        throw new IllegalArgumentException(value + " is not between 10 and 1000");
    }

    private static long whole(String value) {
        if (WHOLE.matcher(value).matches()) return Long.parseLong(value);
        throw new IllegalArgumentException("'" + value + "' is no whole number");
    }

    private static boolean truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + value + "' is not true or false");
        };
    }

    private void add(String value) {
        if (value.equalsIgnoreCase(ALL)) added.addAll(EnumSet.allOf(Capability.class));
        else added.add(capability(value));
    }

    private void drop(String value) {
        if (value.equalsIgnoreCase(ALL)) isWithoutUsual = true;
        else dropped.add(capability(value));
    }

    private static Capability capability(String value) {
        return ContainerBounds.capability(value)
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no capability '" + value + "'"));
    }

    /// `nofile=1024:2048`, soft and hard; one number is both; -1 is none.
    private void limit(String value) {
        var matcher = LIMIT.matcher(value);
        if (!matcher.matches())
            throw new IllegalArgumentException("'" + value + "' is no limit such as nofile=1024");
        if (!RLIMITS.contains(matcher.group(1)))
            throw new IllegalArgumentException("there is no limit '" + matcher.group(1) + "'");
        long soft = Long.parseLong(matcher.group(2));
        long hard = matcher.group(3) == null ? soft : Long.parseLong(matcher.group(3));
        rlimits.put("RLIMIT_" + matcher.group(1).toUpperCase(Locale.ROOT), new Rlimit(soft, hard));
    }
}
