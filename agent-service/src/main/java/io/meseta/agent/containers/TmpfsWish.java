package io.meseta.agent.containers;

import io.meseta.runtime.plan.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A directory in memory, as Docker's command line asks for one: `/run:noexec,size=64m,mode=755`.
/// The messages of the API know no volume of the kind, so it comes as a parameter for Docker.
///
/// @param bytesMax 0 for whatever is usual
/// @param mode such as 01777
record TmpfsWish(String target, long bytesMax, int mode, boolean isExecutable) {

    private static final Pattern SIZE = Pattern.compile("size=([0-9]{1,15}[kmg]?)");
    private static final Pattern MODE = Pattern.compile("mode=([0-7]{3,4})");
    private static final int STICKY = 01777;

    /// @throws IllegalArgumentException with a reason for people
    static TmpfsWish parse(String text) {
        int colon = text.indexOf(':');
        var target = colon < 0 ? text : text.substring(0, colon);
        if (!target.startsWith("/") || target.length() < 2 || isClimbing(target))
            throw new IllegalArgumentException("'" + target + "' is no place for it");
        var wish = new TmpfsWish(target, 0, STICKY, false);
        if (colon < 0) return wish;
        for (var option : text.substring(colon + 1).toLowerCase(Locale.ROOT).split(",", -1))
            wish = wish.with(option);
        return wish;
    }

    private static boolean isClimbing(String path) {
        return path.indexOf('\0') >= 0 || List.of(path.split("/", -1)).contains("..");
    }

    private TmpfsWish with(String option) {
        var size = SIZE.matcher(option);
        if (size.matches())
            return new TmpfsWish(target, ByteAmount.parse(size.group(1)), mode, isExecutable);
        var permissions = MODE.matcher(option);
        if (permissions.matches())
            return new TmpfsWish(
                    target, bytesMax, Integer.parseInt(permissions.group(1), 8), isExecutable);
        return switch (option) {
            case "rw", "nosuid", "nodev", "" -> this;
            case "noexec" -> new TmpfsWish(target, bytesMax, mode, false);
            case "exec" -> new TmpfsWish(target, bytesMax, mode, true);
            default -> throw new IllegalArgumentException("there is no option '" + option + "'");
        };
    }

    /// @param usualBytes where it does not say
    Mount mount(long usualBytes) {
        var options = new ArrayList<>(List.of("nosuid", "nodev"));
        if (!isExecutable) options.add("noexec");
        return new Mount.Tmpfs(target, bytesMax == 0 ? usualBytes : bytesMax, mode, options);
    }
}
