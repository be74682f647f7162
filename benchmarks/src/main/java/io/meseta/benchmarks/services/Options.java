package io.meseta.benchmarks.services;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a program is asked to do: `--name value`, each with a value that it has otherwise.
public final class Options {

    private final String program;
    private final Map<String, String> values;

    /// Asked for something that there is not; says what there is.
    public static final class Unclear extends RuntimeException {
        Unclear(String message) {
            super(message);
        }
    }

    private Options(String program, Map<String, String> values) {
        this.program = program;
        this.values = values;
    }

    /// @param program its name after `./meseta bench`
    /// @param defaults all that can be asked for
    /// @throws Unclear if something else is
    public static Options of(String program, Map<String, String> defaults, String... arguments) {
        var values = new TreeMap<>(defaults);
        for (int i = 0; i < arguments.length; i += 2) {
            if (!values.containsKey(arguments[i]) || i + 1 == arguments.length)
                throw new Unclear(
                        "what is %s? ./meseta bench %s %s"
                                .formatted(arguments[i], program, line(new TreeMap<>(defaults))));
            values.put(arguments[i], arguments[i + 1]);
        }
        return new Options(program, values);
    }

    public String text(String name) {
        var value = values.get(name);
        if (value == null) throw new IllegalArgumentException("no option: " + name);
        return value;
    }

    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    /// Several words, such as the flags of a virtual machine.
    public List<String> words(String name) {
        return List.of(text(name).split(" ", -1));
    }

    /// Prints the command and the machine, by which anybody can repeat it.
    public void print() {
        System.out.println("command: ./meseta bench " + program + " " + line(values));
        System.out.println("machine: " + Machine.describe());
    }

    private static String line(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + " " + quoted(each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String value) {
        return value.isEmpty() || value.contains(" ") ? "'" + value + "'" : value;
    }
}
