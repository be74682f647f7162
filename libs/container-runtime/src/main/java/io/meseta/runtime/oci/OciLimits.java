package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.Device.Kind;
import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.plan.Limits.DeviceRule;
import io.meseta.runtime.plan.Limits.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Limits as `linux.resources`. Runtimes turn version 1's words into version 2's themselves; only
/// the weight of disks is said in version 2's own, since their scales differ.
final class OciLimits {

    private static final List<DeviceRule> USUAL =
            List.of(
                    // Making a node is harmless where using it is not allowed.
                    new DeviceRule(true, Kind.CHARACTER, DeviceRule.ANY, DeviceRule.ANY, "m"),
                    new DeviceRule(true, Kind.BLOCK, DeviceRule.ANY, DeviceRule.ANY, "m"),
                    usual(1, 3), // null
                    usual(1, 5), // zero
                    usual(1, 7), // full
                    usual(1, 8), // random
                    usual(1, 9), // urandom
                    usual(5, 0), // tty
                    usual(5, 2), // ptmx
                    usual(136, DeviceRule.ANY)); // terminals

    private OciLimits() {}

    private static DeviceRule usual(long major, long minor) {
        return new DeviceRule(true, Kind.CHARACTER, major, minor, "rwm");
    }

    static Map<String, Object> of(ContainerPlan plan, Surroundings around) {
        var limits = plan.limits();
        var resources = new LinkedHashMap<String, Object>();
        resources.put("devices", devices(plan));
        cpu(limits.cpu(), resources);
        memory(limits.memory(), around, resources);
        if (limits.processesMax() != 0) {
            resources.put("pids", Map.of("limit", limits.processesMax()));
        }
        if (limits.ioWeight() != 0 && around.isUnified()) {
            resources.put("unified", Map.of("io.weight", "default " + limits.ioWeight()));
        } else if (limits.ioWeight() != 0) {
            resources.put("blockIO", Map.of("weight", legacyWeight(limits.ioWeight())));
        }
        var pages = new ArrayList<Object>();
        limits.hugePages()
                .forEach((size, bytes) -> pages.add(Map.of("pageSize", size, "limit", bytes)));
        if (!pages.isEmpty()) resources.put("hugepageLimits", pages);
        return resources;
    }

    /// 1 to 10,000 as 10 to 1,000.
    static int legacyWeight(int weight) {
        return (int) (10 + (weight - 1) * 990L / 9999);
    }

    private static void cpu(Limits.Cpu cpu, Map<String, Object> resources) {
        var order = new LinkedHashMap<String, Object>();
        if (cpu.shares() != 0) order.put("shares", cpu.shares());
        if (cpu.quotaMicros() != 0) {
            order.put("quota", cpu.quotaMicros());
            order.put("period", cpu.periodMicros());
        }
        if (!cpu.cpus().isEmpty()) order.put("cpus", cpu.cpus());
        if (!cpu.memoryNodes().isEmpty()) order.put("mems", cpu.memoryNodes());
        if (!order.isEmpty()) resources.put("cpu", order);
    }

    private static void memory(Memory memory, Surroundings around, Map<String, Object> resources) {
        var order = new LinkedHashMap<String, Object>();
        if (memory.hard() != 0) order.put("limit", memory.hard());
        if (memory.soft() != 0) order.put("reservation", memory.soft());
        if (memory.swap() != 0 && around.canLimitSwap()) {
            long swap = memory.swap() == Memory.NO_SWAP ? 0 : memory.swap();
            order.put("swap", memory.hard() + swap);
        }
        if (!order.isEmpty()) resources.put("memory", order);
    }

    private static List<Object> devices(ContainerPlan plan) {
        var rules = new ArrayList<Object>();
        rules.add(Map.of("allow", false, "access", "rwm"));
        for (var rule : USUAL) rules.add(rule(rule));
        for (var device : plan.devices()) {
            rules.add(
                    rule(
                            new DeviceRule(
                                    true, device.kind(), device.major(), device.minor(), "rwm")));
        }
        for (var rule : plan.limits().devices()) rules.add(rule(rule));
        return rules;
    }

    private static Map<String, Object> rule(DeviceRule rule) {
        var order = new LinkedHashMap<String, Object>();
        order.put("allow", rule.isAllowed());
        order.put("type", rule.kind() == Kind.BLOCK ? "b" : "c");
        if (rule.major() != DeviceRule.ANY) order.put("major", rule.major());
        if (rule.minor() != DeviceRule.ANY) order.put("minor", rule.minor());
        order.put("access", rule.access());
        return order;
    }
}
