package io.meseta.testkit.walls;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/// Knows which calls make a map or set whose iteration order nothing defines.
///
/// `Map.of`, `Set.of` and their copies are the treacherous ones: their order differs from one start
/// of the JVM to the next, on purpose. Empty ones and sets of one are harmless.
final class UnorderedCollections {

    private static final Set<String> CONSTRUCTORS =
            Set.of("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap");

    private static final Set<String> SHUFFLED_COPIES =
            Set.of(
                    "java.util.Map.copyOf",
                    "java.util.Map.ofEntries",
                    "java.util.Set.copyOf",
                    "java.util.stream.Collectors.toSet",
                    "java.util.stream.Collectors.toUnmodifiableMap",
                    "java.util.stream.Collectors.toUnmodifiableSet");

    private UnorderedCollections() {}

    static boolean isMadeBy(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) return false;
        var owner = target.getOwner().getName();
        var name = target.getName();
        int parameters = target.getRawParameterTypes().size();
        if (name.equals("<init>")) return CONSTRUCTORS.contains(owner);
        return SHUFFLED_COPIES.contains(owner + "." + name)
                || isFactoryOfSeveral(owner, name, parameters)
                || isCollectorWithoutMap(owner, name, parameters)
                || isArrayFactory(owner, name, target);
    }

    private static boolean isFactoryOfSeveral(String owner, String name, int parameters) {
        if (!name.equals("of")) return false;
        return switch (owner) {
            case "java.util.Map" -> parameters > 2;
            case "java.util.Set" -> parameters > 1;
            default -> false;
        };
    }

    private static boolean isArrayFactory(String owner, String name, CodeUnitAccessTarget target) {
        return owner.equals("java.util.Set")
                && name.equals("of")
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isArray());
    }

    /// Both take a supplier of the map as one more argument.
    private static boolean isCollectorWithoutMap(String owner, String name, int parameters) {
        if (!owner.equals("java.util.stream.Collectors")) return false;
        return switch (name) {
            case "groupingBy" -> parameters < 3;
            case "toMap" -> parameters < 4;
            default -> false;
        };
    }
}
