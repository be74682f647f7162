package io.meseta.master.roles;

import io.meseta.model.Role;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which roles there may be.
///
/// @param whitelist the only ones that frameworks may be in, and that may have a weight or a quota;
///   empty for any
@ConfigurationProperties("meseta.master.roles")
public record RolesProperties(@DefaultValue List<String> whitelist) {

    public RolesProperties {
        whitelist = List.copyOf(whitelist);
        for (var name : whitelist) {
            var problem = Role.problem(name);
            if (problem.isPresent()) throw new IllegalArgumentException(problem.get());
        }
    }

    /// Whether there may be a role of that name.
    public boolean allows(String role) {
        return whitelist.isEmpty() || role.equals(Role.ANY.name()) || whitelist.contains(role);
    }

    /// All of them; empty if there may be any.
    Optional<SortedSet<Role>> only() {
        if (whitelist.isEmpty()) return Optional.empty();
        var only = new TreeSet<Role>();
        only.add(Role.ANY);
        for (var name : whitelist) only.add(new Role(name));
        return Optional.of(only);
    }
}
