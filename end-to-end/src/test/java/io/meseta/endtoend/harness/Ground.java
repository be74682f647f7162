package io.meseta.endtoend.harness;

import java.net.InetAddress;
import java.util.List;

/// Where the services of a cluster run, and how they reach each other. Masters and agents have
/// numbers from 1.
///
/// Wherever it runs, a master is found at its port of everybody's own loopback: what is open to
/// everyone answers no other name.
public interface Ground {

    /// All of them on the loopback of this machine.
    Ground LOOPBACK = new Loopback();

    /// Sees to it that a master that will listen on this port is found there by everybody.
    void expose(int master, int port);

    /// Where masters find the database.
    InetAddress database();

    /// What is put before a command so that it runs where that master does.
    List<String> toMaster(int master);

    /// The same for an agent.
    List<String> toAgent(int agent);
}
