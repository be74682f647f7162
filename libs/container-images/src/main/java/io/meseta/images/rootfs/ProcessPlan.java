package io.meseta.images.rootfs;

import io.meseta.images.manifest.RunDefaults;
import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What to run in a container: the image's defaults and the task's wishes as one.
///
/// @param arguments the program first; never empty
/// @param environment by name; the task's values win over the image's
/// @param workingDirectory absolute in the container
/// @param volumes paths of the image that want storage of their own
/// @param stopSignal number or name; `SIGTERM` where the image does not say
public record ProcessPlan(
        List<String> arguments,
        Map<String, String> environment,
        ContainerUser user,
        String workingDirectory,
        List<String> volumes,
        String stopSignal) {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String STOP_SIGNAL = "SIGTERM";

    public ProcessPlan {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        volumes = List.copyOf(volumes);
    }

    /// Plans the process of a task in `image`. The layers must be leased.
    ///
    /// @param environment of the task
    public static ProcessPlan of(
            ReadyImage image, CommandWish command, Map<String, String> environment) {
        return of(image, user(image), command, environment);
    }

    /// Who runs in an image unless anybody says otherwise, as its files have it. The layers must be
    /// leased.
    public static ContainerUser user(ReadyImage image) {
        var files = new LayeredFiles(OverlayLayers.of(image.layers()));
        return Users.of(files).find(image.config().defaults().user());
    }

    /// As above, with a user that was found before.
    public static ProcessPlan of(
            ReadyImage image,
            ContainerUser user,
            CommandWish command,
            Map<String, String> environment) {
        var defaults = image.config().defaults();
        var stop = defaults.stopSignal();
        return new ProcessPlan(
                arguments(defaults, command),
                environment(defaults, user, environment),
                user,
                workingDirectory(defaults),
                defaults.volumes().stream().map(ProcessPlan::absolute).toList(),
                stop == null ? STOP_SIGNAL : stop);
    }

    /// The table of the Mesos documentation: what the task says goes before what the image says,
    /// and arguments alone go to the image's program.
    static List<String> arguments(RunDefaults image, CommandWish command) {
        var value = command.value();
        if (command.isShell()) {
            if (value != null) return List.of("/bin/sh", "-c", value);
            throw new ImageFault(Kind.INVALID, "a shell command without text");
        }
        if (value != null) return joined(List.of(value), command.arguments());
        if (command.arguments().isEmpty()) {
            var own = joined(image.entrypoint(), image.command());
            if (!own.isEmpty()) return own;
        } else if (!image.entrypoint().isEmpty()) {
            return joined(image.entrypoint(), command.arguments());
        } else if (!image.command().isEmpty()) {
            return joined(List.of(image.command().getFirst()), command.arguments());
        }
        throw new ImageFault(
                Kind.INVALID, "neither the task nor its image says what program to run");
    }

    private static List<String> joined(List<String> first, List<String> rest) {
        var all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    private static Map<String, String> environment(
            RunDefaults image, ContainerUser user, Map<String, String> task) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", PATH);
        environment.put("HOME", user.home());
        for (var pair : image.environment()) {
            int equals = pair.indexOf('=');
            // A name without a value, as old builders wrote them, says nothing.
            if (equals > 0) environment.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        environment.putAll(task);
        return environment;
    }

    private static String workingDirectory(RunDefaults image) {
        return image.workingDirectory().isEmpty() ? "/" : absolute(image.workingDirectory());
    }

    /// Absolute and without steps back: runtimes resolve it in the container, and we show it.
    private static String absolute(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty()) parts.removeLast();
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) parts.add(part);
        }
        return "/" + String.join("/", parts);
    }
}
