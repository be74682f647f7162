package io.meseta.master.core.preemption;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Wish;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A role that comes first, a framework that does not and has a machine, and one that wants it.
abstract class PreemptionScene {

    static final Role PROD = new Role("prod");
    static final String MACHINE = "cpus:4;mem:4096";
    static final Duration LONG = Duration.ofSeconds(6);
    final Play play = new Play();

    /// A framework that comes last has a machine for itself.
    FrameworkId lowWithMachine() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent(MACHINE);
        return low;
    }

    /// A framework of the role that may come first asks for something.
    FrameworkId asking(String... needed) {
        var high = highFramework();
        request(high, needed);
        return high;
    }

    void comesFirst(Role role, int priority) {
        var sharing = new Sharing(false, new Priority(priority), true);
        play.put(new Command.ShareAs(role, Optional.of(sharing)));
    }

    FrameworkId highFramework() {
        var profile =
                new FrameworkProfile(
                        new FrameworkProfile.Identity("root", Optional.empty(), true),
                        "high",
                        new TreeSet<>(Set.of(PROD)),
                        Set.of(FrameworkCapability.PARTITION_AWARE),
                        Duration.ofMinutes(1),
                        Opaque.EMPTY);
        return play.framework(profile);
    }

    void request(FrameworkId framework, String... needed) {
        var wishes = new ArrayList<Wish>();
        for (var each : needed)
            wishes.add(new Wish(Optional.empty(), Optional.empty(), Resources.parse(each)));
        play.put(new Command.RequestResources(play.caller(framework), wishes));
    }

    TaskKey running(FrameworkId framework, String id, String resources) {
        var key = play.launch(framework, id, resources);
        int number = id.hashCode();
        play.report(key, TaskState.TASK_RUNNING, number);
        play.acknowledge(key, number);
        return key;
    }

    void launch(FrameworkId framework, String id, String resources) {
        var role = play.offer(framework).grant().role();
        var spec = new TaskSpec(new TaskId(id), id, role, Resources.parse(resources), Opaque.EMPTY);
        launch(framework, spec);
    }

    void launch(FrameworkId framework, TaskSpec spec) {
        var offer = play.offer(framework);
        play.accept(framework, List.of(offer), new Proposal.Wellformed(spec, offer.agent()));
    }

    List<TaskKey> killed() {
        return play.cluster().agents().keySet().stream()
                .flatMap(agent -> kills(agent).stream())
                .toList();
    }

    List<TaskKey> kills(AgentId agent) {
        return play.told(agent).stream()
                .filter(Word.Kill.class::isInstance)
                .map(word -> ((Word.Kill) word).task())
                .toList();
    }
}
