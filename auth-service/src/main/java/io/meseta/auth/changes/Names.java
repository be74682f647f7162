package io.meseta.auth.changes;

import java.util.regex.Pattern;

/// Which names there may be. They stand in URLs, logs and policies, so they are dull.
public final class Names {

    /// What agents' principals begin with; no account's name may hold a slash.
    public static final String AGENT_PREFIX = "agent/";

    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,127}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}");
    private static final Pattern AGENT = Pattern.compile("agent/[a-z0-9]{1,64}");
    private static final int TEXT_MAX = 1_000;

    private Names() {}

    /// The name of a user or service account.
    public static String account(String name) {
        if (PRINCIPAL.matcher(name).matches()) return name;
        throw Refused.invalid(
                "A name has 1 to 128 letters, digits, '.', '_', '@' or '-',"
                        + " and begins with a letter or digit.");
    }

    /// The name of a group, which may hold a role's path: `developers:eng/web`.
    public static String group(String name) {
        if (GROUP.matcher(name).matches() && !name.contains("//")) return name;
        throw Refused.invalid(
                "A group's name has 1 to 128 letters, digits, '.', '_', ':', '/', '@' or '-',"
                        + " and begins with a letter or digit.");
    }

    public static boolean isAgent(String principal) {
        return AGENT.matcher(principal).matches();
    }

    /// A sentence or two for people.
    public static String description(String text) {
        if (text.length() <= TEXT_MAX && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw Refused.invalid(
                "A description has at most %d characters on one line.".formatted(TEXT_MAX));
    }
}
