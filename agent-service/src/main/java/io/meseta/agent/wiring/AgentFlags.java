package io.meseta.agent.wiring;

import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings in effect, under the names that Mesos' agents give their flags.
///
/// @param isOpen whether nobody is asked who they are
record AgentFlags(AgentProperties properties, ContainerProperties containers, boolean isOpen) {

    /// @param resources as they were made out
    SortedMap<String, String> of(String resources, String hostname, String port) {
        var isAuthenticating = Boolean.toString(!isOpen);
        var flags = new TreeMap<>(ContainerFlags.of(containers, properties.work()));
        flags.put("attributes", properties.attributes());
        flags.put("authenticate_http_readonly", isAuthenticating);
        flags.put("authenticate_http_readwrite", isAuthenticating);
        flags.put("default_role", properties.place().defaultRole());
        flags.put("disk_watch_interval", text(properties.gc().interval()));
        var executors = properties.tasks().executors();
        flags.put("executor_registration_timeout", text(executors.registrationTimeout()));
        flags.put("executor_reregistration_timeout", text(executors.reregistrationTimeout()));
        flags.put("executor_shutdown_grace_period", text(executors.shutdownGracePeriod()));
        var fetch = properties.tasks().fetch();
        flags.put("fetcher_cache_dir", properties.work().resolve("fetched").toString());
        flags.put("fetcher_cache_size", fetch.cacheMax().toBytes() + "B");
        flags.put("fetcher_stall_timeout", text(fetch.stall()));
        flags.put("gc_delay", text(properties.gc().delay()));
        flags.put("gc_disk_headroom", Double.toString(properties.gc().diskHeadroom()));
        flags.put("hostname", hostname);
        flags.put(
                "master",
                properties.masters().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(",")));
        flags.put("port", port);
        flags.put(
                "reconfiguration_policy",
                properties.place().reconfigurationPolicy().name().toLowerCase(Locale.ROOT));
        if (!properties.place().domain().isEmpty())
            flags.put("domain", properties.place().domain());
        flags.put("recover", "reconnect");
        flags.put("recovery_timeout", text(executors.recoveryTimeout()));
        if (!properties.place().oversubscribed().isEmpty())
            flags.put("resource_estimator", "org_apache_mesos_FixedResourceEstimator");
        flags.put("resources", resources);
        flags.put("strict", "true");
        flags.put("switch_user", Boolean.toString(properties.switchUser()));
        flags.put("work_dir", properties.work().toString());
        return flags;
    }

    /// In Mesos' way: the largest unit that divides it.
    static String text(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 604_800_000 == 0 && ms > 0) return ms / 604_800_000 + "weeks";
        if (ms % 86_400_000 == 0 && ms > 0) return ms / 86_400_000 + "days";
        if (ms % 3_600_000 == 0 && ms > 0) return ms / 3_600_000 + "hrs";
        if (ms % 60_000 == 0 && ms > 0) return ms / 60_000 + "mins";
        if (ms % 1000 == 0) return ms / 1000 + "secs";
        return ms + "ms";
    }
}
