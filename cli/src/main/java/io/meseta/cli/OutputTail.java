package io.meseta.cli;

import com.google.protobuf.ByteString;
import io.meseta.client.Agent;
import java.io.IOException;
import java.io.OutputStream;

/// Copies what a task writes to one file of its sandbox, from where it was last.
final class OutputTail {

    private final Agent agent;
    private final String path;
    private final OutputStream out;
    private long offset;

    OutputTail(Agent agent, String path, OutputStream out) {
        this.agent = agent;
        this.path = path;
        this.out = out;
    }

    /// Copies what has come since the last time, one read of it; false when that was nothing.
    boolean copy() throws IOException {
        var read = agent.read(path, offset).orElse(ByteString.EMPTY);
        if (read.isEmpty()) {
            return false;
        }
        read.writeTo(out);
        out.flush();
        offset += read.size();
        return true;
    }
}
