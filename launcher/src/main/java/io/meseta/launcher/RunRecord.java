package io.meseta.launcher;

import io.meseta.client.Endpoint;
import io.meseta.client.Identity;
import io.meseta.client.Master;
import io.meseta.client.json.Json;
import io.meseta.client.json.Json.JsonBool;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.MalformedJson;
import io.meseta.launcher.secrets.SecretFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What runs from a data directory, as `run.json` says it. The command line reads the gateway's
/// address from it; whoever comes after a crash reads which processes are ours.
///
/// @param launcher who watches over the children
/// @param isReady whether the cluster has once been up as a whole since the launcher's start
/// @param masters the masters' addresses; each knows which of them leads
/// @param gateway the gateway's, by which the command line goes
/// @param auth the auth-service's; empty for an open cluster
/// @param children by name, in the order of their start
record RunRecord(
        ProcessIdentity launcher,
        boolean isReady,
        List<String> masters,
        String gateway,
        String auth,
        List<RecordedChild> children) {

    private static final long BYTES_MAX = 1024L * 1024;

    /// One process of the cluster.
    ///
    /// @param url where it answers
    record RecordedChild(String name, ProcessIdentity process, int port, String url) {}

    RunRecord {
        masters = List.copyOf(masters);
        children = List.copyOf(children);
    }

    /// Clients of all the masters.
    List<Endpoint> endpoints() {
        return masters.stream().map(master -> Endpoint.parse(master, Master.PORT)).toList();
    }

    RunRecord with(RecordedChild child) {
        var next = new ArrayList<>(children);
        next.removeIf(other -> other.name().equals(child.name()));
        next.add(child);
        return new RunRecord(launcher, isReady, masters, gateway, auth, next);
    }

    RunRecord ready() {
        return new RunRecord(launcher, true, masters, gateway, auth, children);
    }

    /// Who we are to this cluster.
    Identity identity(Layout layout) {
        return auth.isEmpty()
                ? Identity.nobody()
                : Identity.ofAccount(
                        URI.create(auth),
                        SecretFiles.CLI,
                        new SecretFiles(layout.secrets()).secret(SecretFiles.CLI),
                        layout.secrets());
    }

    /// Empty when nothing is recorded.
    static Optional<RunRecord> load(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new Trouble(file + " is not a record of ours: move it away");
            }
            return Optional.of(of(Json.parse(Files.readString(file))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | MalformedJson failure) {
            throw new Trouble("cannot read " + file, failure);
        }
    }

    /// Replaces the file in one step, readable by us alone.
    void save(Path file) {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            var ours = PosixFilePermissions.fromString("rw-------");
            Files.createFile(next, PosixFilePermissions.asFileAttribute(ours));
            Files.writeString(next, json().print());
            try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new Trouble("cannot write " + file, failure);
        }
    }

    private Json json() {
        var members = new LinkedHashMap<String, Json>();
        members.put("format", Json.number(1));
        members.put("launcher", json(launcher));
        members.put("ready", new JsonBool(isReady));
        members.put("master", Json.text(String.join(",", masters)));
        members.put("gateway", Json.text(gateway));
        members.put("auth", Json.text(auth));
        members.put("children", Json.array(children.stream().map(RunRecord::json).toList()));
        return new JsonObject(members);
    }

    private static Json json(RecordedChild child) {
        var members = new LinkedHashMap<String, Json>();
        members.put("name", Json.text(child.name()));
        members.put("process", json(child.process()));
        members.put("port", Json.number(child.port()));
        members.put("url", Json.text(child.url()));
        return new JsonObject(members);
    }

    private static Json json(ProcessIdentity process) {
        return new JsonObject(
                Map.of(
                        "pid", Json.number(process.pid()),
                        "started", Json.text(process.started())));
    }

    private static RunRecord of(Json json) {
        var children = new ArrayList<RecordedChild>();
        for (var child : json.itemsOf("children")) {
            children.add(
                    new RecordedChild(
                            child.textOf("name").orElse(""),
                            process(child.member("process")),
                            child.longOf("port").orElse(0L).intValue(),
                            child.textOf("url").orElse("")));
        }
        return new RunRecord(
                process(json.member("launcher")),
                json.member("ready").filter(new JsonBool(true)::equals).isPresent(),
                json.textOf("master").stream()
                        .flatMap(all -> Stream.of(all.split(",", -1)))
                        .toList(),
                json.textOf("gateway").orElse(""),
                json.textOf("auth").orElse(""),
                children);
    }

    private static ProcessIdentity process(Optional<Json> json) {
        // Number 0 is nobody's: a record with a gap in it makes us end nothing.
        return new ProcessIdentity(
                json.flatMap(process -> process.longOf("pid")).orElse(0L),
                json.flatMap(process -> process.textOf("started")).orElse(""));
    }
}
