package io.meseta.agent.wiring;

import io.meseta.agent.containers.ContainerPlace;
import io.meseta.agent.containers.ContainerUsers;
import io.meseta.agent.containers.MappingTrial;
import io.meseta.agent.containers.UserRanges;
import io.meseta.platform.start.StartRefused;
import io.meseta.runtime.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out how containers can have users of their own here.
final class UsersTrial {

    private static final Logger LOG = LoggerFactory.getLogger(UsersTrial.class);

    private static final String TOPIC = "users";

    private UsersTrial() {}

    /// What came of it.
    ///
    /// @param finding for whoever asks what this machine can do
    record Result(ContainerUsers users, Finding finding) {}

    /// @param claims where it is written down who has which users
    static Result of(
            ContainerProperties.Users wanted, ContainerPlace place, Path layers, Path claims) {
        var terms = wanted.toTerms();
        var ranges = new UserRanges(claims, terms);
        // A look takes some time at each start, and nobody else needs to know.
        if (ranges.areOfNoUse())
            return new Result(
                    new ContainerUsers(ranges, false),
                    new Finding(
                            TOPIC,
                            Finding.Weight.GOOD,
                            "containers have the machine's users"
                                    + " (meseta.agent.containers.users.own)",
                            null));
        var trouble = MappingTrial.trouble(layers, place, terms);
        var users = new ContainerUsers(ranges, trouble.isEmpty());
        if (trouble.isPresent())
            LOG.atWarn()
                    .addKeyValue("cause", trouble.get())
                    .log("Images are copied for each container with users of its own.");
        return new Result(users, finding(trouble));
    }

    private static Finding finding(Optional<String> trouble) {
        var weight = trouble.isEmpty() ? Finding.Weight.GOOD : Finding.Weight.LIMIT;
        var how =
                trouble.map(why ->
                                "images are copied for each, since owners can't be mapped: " + why)
                        .orElse("owners of files are mapped by mounts");
        return new Finding(TOPIC, weight, "containers have users of their own; " + how, null);
    }

    /// Users of containers' own are strangers to the machine, and can go to their roots only where
    /// everybody may.
    static void makePassable(Path roots) {
        try {
            if (!Files.isDirectory(roots)) {
                Files.createDirectories(
                        roots,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx--x--x")));
                Files.setPosixFilePermissions(roots, PosixFilePermissions.fromString("rwx--x--x"));
            }
            for (var path = roots; path != null; path = path.getParent())
                if (!Files.getPosixFilePermissions(path)
                        .contains(PosixFilePermission.OTHERS_EXECUTE))
                    throw new StartRefused(
                            "Containers can't have users of their own: those could not pass %s."
                                            .formatted(path)
                                    + " Let everybody pass it (chmod o+x), or see"
                                    + " meseta.agent.containers.users.own.");
        } catch (IOException failure) {
            throw new StartRefused("Can't make " + roots + ": " + failure.getMessage());
        }
    }
}
