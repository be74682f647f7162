package io.meseta.agent.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32;

/// What was last written to files that may not have reached the disk: one file, only appended to.
///
/// To make a file last takes four waits for the disk: for itself, for its directory, and the same
/// for the agent's own. An entry here takes one, for all files of a batch.
///
/// ```
/// entry: "MESETALG" | length: int | CRC-32 of the body: int | body
/// body:  count: int, then for each file: name: UTF | length: int (-1: deleted) | message
/// ```
final class CheckpointLog implements AutoCloseable {

    private static final long MAGIC = 0x4d45534554414c47L;
    private static final int HEADER_BYTES = 16;
    private static final int GONE = -1;

    /// Some thousand entries; then the files themselves are made to last.
    static final int BYTES_MAX = 4 << 20;

    private final FileChannel channel;
    private long end;

    private CheckpointLog(FileChannel channel) {
        this.channel = channel;
    }

    static CheckpointLog open(Path file) throws IOException {
        return new CheckpointLog(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /// Every entry that was written whole, the oldest first: messages by the files' names, empty
    /// for those that were deleted.
    List<SequencedMap<String, Optional<byte[]>>> read() throws IOException {
        var entries = new ArrayList<SequencedMap<String, Optional<byte[]>>>();
        var bytes = ByteBuffer.allocate((int) Math.min(channel.size(), BYTES_MAX));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // Until all is there.
        }
        bytes.flip();
        while (true) {
            var body = body(bytes);
            if (body.isEmpty()) return entries;
            entries.add(files(body.get()));
            end = bytes.position();
        }
    }

    /// The next body; empty where a crash has cut it off, and at the end.
    private static Optional<byte[]> body(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_BYTES || bytes.getLong() != MAGIC) return Optional.empty();
        int length = bytes.getInt();
        int sum = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) return Optional.empty();
        var body = new byte[length];
        bytes.get(body);
        return sum == sum(body) ? Optional.of(body) : Optional.empty();
    }

    private static SequencedMap<String, Optional<byte[]>> files(byte[] body) {
        var files = new LinkedHashMap<String, Optional<byte[]>>();
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            for (int left = in.readInt(); left > 0; left--) {
                var name = in.readUTF();
                int length = in.readInt();
                files.put(
                        name,
                        length == GONE ? Optional.empty() : Optional.of(in.readNBytes(length)));
            }
            return files;
        } catch (IOException impossible) {
            throw new UncheckedIOException("an entry whose sum is right is wrong", impossible);
        }
    }

    /// Adds an entry, which outlives this process; false where there is no room for it. One that
    /// could not be made to last as asked is not there.
    ///
    /// @param isForced whether to wait until it and all before it are on the disk
    boolean append(Map<String, Optional<byte[]>> files, boolean isForced) throws IOException {
        var body = new ByteArrayOutputStream();
        var out = new DataOutputStream(body);
        out.writeInt(files.size());
        for (var file : files.entrySet()) {
            out.writeUTF(file.getKey());
            out.writeInt(file.getValue().map(message -> message.length).orElse(GONE));
            if (file.getValue().isPresent()) out.write(file.getValue().get());
        }
        var bytes = body.toByteArray();
        if (end + HEADER_BYTES + bytes.length > BYTES_MAX) return false;
        var entry = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
        entry.putLong(MAGIC).putInt(bytes.length).putInt(sum(bytes)).put(bytes).flip();
        // What one that failed, or was cut off, has left must not be taken for an entry: it holds
        // what others have sent.
        if (channel.size() > end) channel.truncate(end);
        long at = end;
        while (entry.hasRemaining()) at += channel.write(entry, at);
        if (isForced) force();
        end = at;
        return true;
    }

    /// Waits until all entries are on the disk.
    void force() throws IOException {
        channel.force(false);
    }

    /// Forgets everything, since it lasts elsewhere now.
    void clear() throws IOException {
        channel.truncate(0);
        channel.force(true);
        end = 0;
    }

    boolean isEmpty() {
        return end == 0;
    }

    private static int sum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
