package io.meseta.master.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/// Cuts what is written into rows of one snapshot.
final class PartsWriting extends OutputStream {

    static final int PART_BYTES = 1 << 20;

    private static final int STATEMENT_SECONDS_MAX = 30;

    private final PreparedStatement insert;
    private final long sequence;
    private final byte[] buffer = new byte[PART_BYTES];
    private int filled;
    private int part;
    private long size;

    PartsWriting(Connection connection, long sequence) throws SQLException {
        this.sequence = sequence;
        insert =
                connection.prepareStatement(
                        "INSERT INTO snapshot_part (sequence, part, content) VALUES (?, ?, ?)");
        insert.setQueryTimeout(STATEMENT_SECONDS_MAX);
    }

    /// How many bytes have been written.
    long size() {
        return size;
    }

    @Override
    public void write(int each) throws IOException {
        if (filled == buffer.length) cut();
        buffer[filled++] = (byte) each;
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == buffer.length) cut();
            int some = Math.min(left, buffer.length - filled);
            System.arraycopy(bytes, from, buffer, filled, some);
            filled += some;
            from += some;
            left -= some;
        }
        size += length;
    }

    /// Writes what is left as the last part. Called once, at the end: a small part in the middle
    /// would do no harm, but many would.
    @Override
    public void flush() throws IOException {
        if (filled > 0) cut();
    }

    @Override
    public void close() throws IOException {
        try {
            insert.close();
        } catch (SQLException failure) {
            throw new IOException("a snapshot's parts can't be closed", failure);
        }
    }

    private void cut() throws IOException {
        try {
            insert.setLong(1, sequence);
            insert.setInt(2, part++);
            insert.setBytes(3, Arrays.copyOf(buffer, filled));
            insert.executeUpdate();
            filled = 0;
        } catch (SQLException failure) {
            throw new IOException("a snapshot's part can't be written", failure);
        }
    }
}
