package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Who may speak for a framework, and for which of its roles.
final class CallersTest {

    private static final Role OPS = new Role("ops");

    private final Play play = new Play();

    @Test
    void takesNoWordOfAnotherPrincipalForAFramework() {
        var id = play.framework(ownedBy(Optional.of(new Principal("ann"))));

        assertThat(check(id, "bob")).contains(new Refusal.PrincipalDiffers(id));
        assertThat(check(id, "ann")).isEmpty();
    }

    @Test
    void takesNoWordOfAnyPrincipalForAFrameworkOfNobody() {
        var id = play.framework(ownedBy(Optional.empty()));

        assertThat(check(id, "bob")).contains(new Refusal.PrincipalDiffers(id));
    }

    @Test
    void asksForNoPrincipalWhereNobodyHasOne() {
        var id = play.framework(ownedBy(Optional.of(new Principal("ann"))));

        assertThat(Callers.check(play.cluster(), play.caller(id))).isEmpty();
    }

    @Test
    void namesOnlyRolesThatTheFrameworkHas() {
        play.agent("cpus:4;mem:1024");
        var id = play.framework();

        play.put(new Command.Suppress(play.caller(id), roles(OPS)));
        assertThat(play.offersOf(id)).hasSize(1);
        play.put(
                new Command.Decline(
                        play.caller(id),
                        play.offersOf(id).stream().map(each -> each.id()).toList(),
                        Duration.ofHours(1)));
        play.put(new Command.Revive(play.caller(id), roles(OPS, Play.DEV)));
        assertThat(play.offersOf(id)).as("one that it does not have is named").isEmpty();

        play.put(new Command.Revive(play.caller(id), roles(Play.DEV)));

        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void meansAllRolesWhereNoneIsNamed() {
        var id = play.framework();
        play.put(new Command.Suppress(play.caller(id), Collections.emptySortedSet()));
        play.agent("cpus:4;mem:1024");
        assertThat(play.offersOf(id)).isEmpty();

        play.put(new Command.Revive(play.caller(id), Collections.emptySortedSet()));

        assertThat(play.offersOf(id)).hasSize(1);
    }

    private Optional<Refusal> check(FrameworkId id, String principal) {
        var caller =
                new Caller(id, Optional.of(play.stream(id)), Optional.of(new Principal(principal)));
        return Callers.check(play.cluster(), caller);
    }

    private static SortedSet<Role> roles(Role... roles) {
        return new TreeSet<>(Set.of(roles));
    }

    private static FrameworkProfile ownedBy(Optional<Principal> owner) {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", owner, true),
                "a framework",
                new TreeSet<>(Set.of(Play.DEV)),
                Set.of(),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }
}
