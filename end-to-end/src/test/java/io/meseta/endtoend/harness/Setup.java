package io.meseta.endtoend.harness;

import java.util.ArrayList;
import java.util.List;

/// What a cluster for tests is to be like.
///
/// @param name of its directories and logs
/// @param resources of each agent, in Mesos' words
/// @param masters how many, each with its own way to the database
/// @param masterOptions beyond those that each master needs
/// @param agentOptions likewise
public record Setup(
        String name,
        int masters,
        int agents,
        String resources,
        List<String> masterOptions,
        List<String> agentOptions) {

    private static final String RESOURCES = "cpus:8;mem:4096;disk:4096;ports:[31000-31100]";

    public Setup {
        masterOptions = List.copyOf(masterOptions);
        agentOptions = List.copyOf(agentOptions);
    }

    /// One master and one agent.
    public static Setup named(String name) {
        return new Setup(name, 1, 1, RESOURCES, List.of(), List.of());
    }

    public Setup withMasters(int count) {
        return new Setup(name, count, agents, resources, masterOptions, agentOptions);
    }

    public Setup withAgents(int count) {
        return new Setup(name, masters, count, resources, masterOptions, agentOptions);
    }

    public Setup withMasterOption(String option) {
        var more = new ArrayList<>(masterOptions);
        more.add(option);
        return new Setup(name, masters, agents, resources, more, agentOptions);
    }

    public Setup withAgentOption(String option) {
        var more = new ArrayList<>(agentOptions);
        more.add(option);
        return new Setup(name, masters, agents, resources, masterOptions, more);
    }
}
