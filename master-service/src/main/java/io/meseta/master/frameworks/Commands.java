package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.Volume;

/// Whether commands and containers make sense.
final class Commands {

    private Commands() {}

    static void check(CommandInfo command, String words) throws Unacceptable {
        try {
            for (var variable : command.getEnvironment().getVariablesList()) check(variable);
        } catch (Unacceptable invalid) {
            throw invalid.within(words);
        }
    }

    private static void check(Environment.Variable variable) throws Unacceptable {
        var subject = "Environment variable '" + variable.getName() + "'";
        switch (variable.getType()) {
            case VALUE -> {
                if (!variable.hasValue())
                    throw new Unacceptable(subject + " of type 'VALUE' must have a value set");
                if (variable.hasSecret())
                    throw new Unacceptable(subject + " of type 'VALUE' must not have a secret set");
            }
            case SECRET -> {
                if (!variable.hasSecret())
                    throw new Unacceptable(subject + " of type 'SECRET' must have a secret set");
                if (variable.hasValue())
                    throw new Unacceptable(subject + " of type 'SECRET' must not have a value set");
                checkSecret(variable.getSecret(), subject);
            }
            case UNKNOWN ->
                    throw new Unacceptable("Environment variable of type 'UNKNOWN' is not allowed");
        }
    }

    private static void checkSecret(Secret secret, String subject) throws Unacceptable {
        try {
            check(secret);
        } catch (Unacceptable invalid) {
            throw invalid.within(subject + " specifies an invalid secret: ");
        }
        var bytes = secret.getValue().getData();
        for (int i = 0; i < bytes.size(); i++)
            if (bytes.byteAt(i) == 0)
                throw new Unacceptable(
                        subject
                                + " specifies a secret containing null bytes, which is not"
                                + " allowed in the environment");
    }

    private static void check(Secret secret) throws Unacceptable {
        switch (secret.getType()) {
            case REFERENCE -> {
                if (!secret.hasReference())
                    throw new Unacceptable(
                            "Secret of type REFERENCE must have the 'reference' field set");
                if (secret.hasValue())
                    throw new Unacceptable(
                            "Secret '"
                                    + secret.getReference().getName()
                                    + "' of type REFERENCE must not have the 'value' field set");
            }
            case VALUE -> {
                if (!secret.hasValue())
                    throw new Unacceptable("Secret of type VALUE must have the 'value' field set");
                if (secret.hasReference())
                    throw new Unacceptable(
                            "Secret of type VALUE must not have the 'reference' field set");
            }
            case UNKNOWN -> throw new Unacceptable("Secret type is unknown");
        }
    }

    static void check(ContainerInfo container, String words) throws Unacceptable {
        try {
            for (var volume : container.getVolumesList()) checkVolume(volume);
            if (container.getType() != ContainerInfo.Type.DOCKER) return;
            if (!container.hasDocker())
                throw new Unacceptable(
                        "DockerInfo 'docker' is not set for DOCKER typed ContainerInfo");
            for (var parameter : container.getDocker().getParametersList())
                if (parameter.getKey().equals("name"))
                    throw new Unacceptable("Parameter in DockerInfo must not be 'name'");
        } catch (Unacceptable invalid) {
            throw invalid.within(words);
        }
    }

    private static void checkVolume(Volume volume) throws Unacceptable {
        try {
            check(volume);
        } catch (Unacceptable invalid) {
            throw invalid.within("Invalid volume: ");
        }
    }

    private static void check(Volume volume) throws Unacceptable {
        int sources = 0;
        if (volume.hasHostPath()) sources++;
        if (volume.hasImage()) sources++;
        if (volume.hasSource()) sources++;
        if (sources != 1)
            throw new Unacceptable(
                    "Only one of them should be set: 'host_path', 'image' and 'source'");
        if (!volume.hasSource()) return;
        var source = volume.getSource();
        switch (source.getType()) {
            case DOCKER_VOLUME ->
                    expect(source.hasDockerVolume(), "docker_volume", "DOCKER_VOLUME volume");
            case HOST_PATH -> expect(source.hasHostPath(), "host_path", "HOST_PATH volume");
            case SANDBOX_PATH ->
                    expect(source.hasSandboxPath(), "sandbox_path", "SANDBOX_PATH volume");
            case SECRET -> expect(source.hasSecret(), "secret", "SECRET volume");
            case CSI_VOLUME -> {
                expect(source.hasCsiVolume(), "csi_volume", "CSI volume");
                expect(
                        source.getCsiVolume().hasStaticProvisioning(),
                        "csi_volume.static_provisioning",
                        "CSI volume");
            }
            case UNKNOWN -> throw new Unacceptable("'source.type' is unknown");
        }
    }

    private static void expect(boolean isSet, String field, String volume) throws Unacceptable {
        if (!isSet) throw new Unacceptable("'source." + field + "' is not set for " + volume);
    }
}
