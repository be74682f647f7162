package io.meseta.agent.service;

/// Tasks of a group share directories also where their users are nobody on the machine: then they
/// are the same nobody.
final class SharedUsersIT extends SharedSandboxIT {

    @Override
    boolean hasOwnUsers() {
        return true;
    }
}
