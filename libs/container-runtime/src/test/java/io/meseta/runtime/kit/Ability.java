package io.meseta.runtime.kit;

/// What not every runtime can do. A case of the contract that needs one is skipped, and says so,
/// for a runtime that says it has not.
public enum Ability {
    /// Containers have files of their own, or see those of the machine at other places.
    OWN_FILES,
    /// Environment, directory, user and groups are those of the plan and nothing else.
    EXACT_PROCESS,
    /// A program that is not there is known before anything was started.
    CHECKED_START,
    /// Further processes can be started in what runs.
    FURTHER_PROCESSES
}
