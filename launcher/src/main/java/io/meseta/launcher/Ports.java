package io.meseta.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Ports of this machine: which are free, and who has the others.
final class Ports {

    private static final int LOCAL_ADDRESS_FIELD = 1;
    private static final int STATE_FIELD = 3;
    private static final int INODE_FIELD = 9;
    private static final String LISTENING = "0A";

    private Ports() {}

    static boolean isFree(InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            // As servers do: a port whose connections are still closing down is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// One that was free a moment ago.
    static int anyFree(InetAddress address) {
        try (var socket = new ServerSocket(0, 1, address)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new Trouble("no free port on " + address.getHostAddress(), failure);
        }
    }

    /// Who listens on that port, where this system lets us see it: `java (pid 4711)`.
    static Optional<String> holder(int port) {
        return List.of("/proc/net/tcp", "/proc/net/tcp6").stream()
                .flatMap(table -> inode(Path.of(table), port).stream())
                .flatMap(inode -> owner(inode).stream())
                .findFirst();
    }

    private static Optional<String> inode(Path table, int port) {
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        try (var lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > INODE_FIELD)
                    .filter(fields -> fields[LOCAL_ADDRESS_FIELD].endsWith(suffix))
                    .filter(fields -> fields[STATE_FIELD].equals(LISTENING))
                    .map(fields -> fields[INODE_FIELD])
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> owner(String inode) {
        var wanted = "socket:[" + inode + "]";
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (holds(process, wanted)) {
                    var name = Files.readString(process.resolve("comm")).strip();
                    return Optional.of(name + " (pid " + process.getFileName() + ")");
                }
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String wanted) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var file : files) {
                if (target(file).equals(wanted)) {
                    return true;
                }
            }
        } catch (IOException _) {
            return false; // Another user's, or gone by now.
        }
        return false;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return "";
        }
    }
}
