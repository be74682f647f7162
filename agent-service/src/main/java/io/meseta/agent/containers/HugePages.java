package io.meseta.agent.containers;

import io.meseta.agent.resources.ResourceSums;
import io.meseta.mesos.v1.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Pages that an operator has set aside (`vm.nr_hugepages`), as resources that are named for their
/// size: `hugepages-2MB`, in MB.
///
/// @param offered sizes of which a task gets none unless it asks, such as `2MB`
public record HugePages(Set<String> offered) {

    public static final HugePages NONE = new HugePages(Set.of());

    private static final Pattern NAME = Pattern.compile("hugepages-([0-9]{1,6}[KMG]B)");
    private static final long MEGABYTE = 1 << 20;

    public HugePages {
        offered = Set.copyOf(offered);
    }

    /// @param resources all that an agent has
    public static HugePages offered(List<Resource> resources) {
        var sizes = new TreeSet<String>();
        for (var resource : resources) {
            var name = NAME.matcher(resource.getName());
            if (name.matches()) sizes.add(name.group(1));
        }
        return new HugePages(sizes);
    }

    /// What a task with these resources may use, in bytes by size of page.
    Map<String, Long> limits(ResourceSums task) {
        var limits = new TreeMap<String, Long>();
        for (var size : offered) limits.put(size, 0L);
        task.asMap()
                .forEach((resource, amount) -> {
                    var name = NAME.matcher(resource);
                    if (name.matches() && amount instanceof Double megabytes)
                        limits.put(name.group(1), Math.round(megabytes * MEGABYTE));
                });
        return limits;
    }
}
