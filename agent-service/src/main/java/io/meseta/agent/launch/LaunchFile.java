package io.meseta.agent.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The shell text that turns a process into the command: environment, directory, user, arguments.
///
/// It is sourced from a file that only the agent's user reads, so that no value shows in the
/// process list.
final class LaunchFile {

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// Names that mean something to the shell while it reads the file, or that it won't have set.
    private static final Set<String> SHELL_OWN =
            Set.of(
                    "BASHOPTS",
                    "BASH_VERSINFO",
                    "EUID",
                    "IFS",
                    "LINENO",
                    "OLDPWD",
                    "OPTIND",
                    "PPID",
                    "PS4",
                    "PWD",
                    "SHELLOPTS",
                    "UID",
                    "_");

    private LaunchFile() {}

    static String text(LaunchPlan plan) {
        var text = new StringBuilder("cd -- ");
        text.append(quoted(plan.sandbox().toString())).append(" || exit 126\n");
        var words = new ArrayList<String>();
        plan.account()
                .ifPresent(account ->
                        words.addAll(
                                List.of(
                                        "setpriv",
                                        "--reuid=" + account.uid(),
                                        "--regid=" + account.gid(),
                                        "--init-groups",
                                        "--")));
        var awkward = new ArrayList<String>();
        for (var variable : plan.environment().entrySet()) {
            var name = variable.getKey();
            if (SHELL_NAME.matcher(name).matches() && !SHELL_OWN.contains(name)) {
                text.append("export ").append(name).append('=');
                text.append(quoted(variable.getValue())).append('\n');
            } else {
                awkward.add(name + "=" + variable.getValue());
            }
        }
        if (!awkward.isEmpty()) {
            words.add("env");
            words.addAll(awkward);
        }
        words.addAll(plan.argv());
        text.append("set --");
        for (var word : words) text.append(' ').append(quoted(word));
        return text.append('\n').toString();
    }

    /// Inside single quotes nothing is special but the single quote.
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
