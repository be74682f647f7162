package io.meseta.model;

import io.meseta.model.rule.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A named consumer that shares the cluster; slashes make a tree: `eng` is the parent of `eng/web`.
public record Role(String name) implements Comparable<Role> {

    /// The role of whoever names none. It stands beside the tree and is nobody's ancestor.
    public static final Role ANY = new Role("*");

    /// Roles are paths of directories on agents. Also bounds the depth of the tree.
    static final int BYTES_MAX = 1024;

    public Role {
        problem(name)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
    }

    /// What is wrong with a role's name that came from outside, in the words that Mesos clients
    /// know; empty if nothing is.
    public static Optional<String> problem(String name) {
        if (name.equals("*")) return Optional.empty();
        if (name.isEmpty()) return Optional.of("Role names cannot be the empty string");
        if (Texts.isLongerThan(BYTES_MAX, name)) {
            return Optional.of("Role names cannot be greater than " + BYTES_MAX + " bytes");
        }
        if (name.startsWith("/")) return Optional.of(quoted(name) + " cannot start with a slash");
        if (name.endsWith("/")) return Optional.of(quoted(name) + " cannot end with a slash");
        if (name.contains("//")) {
            return Optional.of(quoted(name) + " cannot contain two adjacent slashes");
        }
        for (var component : components(name)) {
            var problem = componentProblem(name, component);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    /// The role above this one; empty at the top of the tree.
    public Optional<Role> parent() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(new Role(name.substring(0, slash)));
    }

    /// The roles above this one, nearest first.
    public List<Role> ancestors() {
        var ancestors = new ArrayList<Role>();
        for (int slash = name.lastIndexOf('/');
                slash > 0;
                slash = name.lastIndexOf('/', slash - 1)) {
            ancestors.add(new Role(name.substring(0, slash)));
        }
        return List.copyOf(ancestors);
    }

    /// Whether the other role is strictly below this one in the tree.
    public boolean isAncestorOf(Role other) {
        int length = name.length();
        return other.name.length() > length
                && other.name.charAt(length) == '/'
                && other.name.startsWith(name);
    }

    @Override
    public int compareTo(Role other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Optional<String> componentProblem(String name, String component) {
        if (component.equals(".") || component.equals("..") || component.equals("*")) {
            return Optional.of(quoted(name) + " cannot include '" + component + "' as a component");
        }
        if (component.startsWith("-")) {
            return Optional.of(
                    "Role component '" + component + "' is invalid because it begins with a dash");
        }
        // Mesos lets the rarer control characters pass; a directory should not be called so.
        if (component.indexOf(' ') >= 0 || Texts.hasControlCharacter(component)) {
            return Optional.of(
                    "Role component '%s' is invalid because it contains backspace or whitespace"
                            .formatted(component));
        }
        return Optional.empty();
    }

    private static List<String> components(String name) {
        var components = new ArrayList<String>();
        int start = 0;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', start)) {
            components.add(name.substring(start, slash));
            start = slash + 1;
        }
        components.add(name.substring(start));
        return components;
    }

    private static String quoted(String name) {
        return "Role '" + name + "'";
    }
}
