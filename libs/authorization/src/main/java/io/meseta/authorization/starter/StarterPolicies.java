package io.meseta.authorization.starter;

import io.meseta.authorization.policy.NamePattern;
import io.meseta.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/// Four ways to belong to a cluster: administrator, operator, developer of a role, viewer.
///
/// Who is which is a matter of groups. The first three policies are for every cluster; a
/// developer's is made for one role at a time.
public final class StarterPolicies {

    public static final String ADMINISTRATORS = "administrators";
    public static final String OPERATORS = "operators";
    public static final String VIEWERS = "viewers";

    private StarterPolicies() {}

    /// The texts that every cluster begins with, by policy name.
    public static SortedMap<String, String> texts() {
        var texts = new TreeMap<String, String>();
        texts.put("administrator", resource("administrator.yaml"));
        texts.put("operator", resource("operator.yaml"));
        texts.put("services", resource("services.yaml"));
        texts.put("viewer", resource("viewer.yaml"));
        return texts;
    }

    /// The group of those who develop for a role and all roles below it.
    public static String developersOf(Role role) {
        return "developers:" + role.name();
    }

    /// The text of a policy for [#developersOf] this role.
    ///
    /// @param policyName unique among the cluster's policies
    public static String developer(String policyName, Role role) {
        if (role.equals(Role.ANY)) {
            throw new IllegalArgumentException("The role * has no roles below it to develop for");
        }
        return resource("developer.yaml")
                .replace("@POLICY@", policyName)
                .replace("@GROUP@", quotable(developersOf(role)))
                .replace("@ROLE@", quotable(NamePattern.escaped(role.name()) + "/**"));
    }

    /// As it stands between double quotes.
    private static String quotable(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String resource(String name) {
        try (var in = StarterPolicies.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("no resource " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name, unreadable);
        }
    }
}
