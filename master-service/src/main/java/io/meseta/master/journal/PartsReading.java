package io.meseta.master.journal;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Puts the rows of one snapshot together again, holding one at a time.
final class PartsReading extends InputStream {

    private static final int STATEMENT_SECONDS_MAX = 30;

    private final PreparedStatement select;
    private final long sequence;
    private byte[] current = new byte[0];
    private int next;
    private int part;

    PartsReading(Connection connection, long sequence) throws SQLException {
        this.sequence = sequence;
        select =
                connection.prepareStatement(
                        "SELECT content FROM snapshot_part WHERE sequence = ? AND part = ?");
        select.setQueryTimeout(STATEMENT_SECONDS_MAX);
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : current[next++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (isAtEnd()) return -1;
        int some = Math.min(length, current.length - next);
        System.arraycopy(current, next, bytes, offset, some);
        next += some;
        return some;
    }

    @Override
    public void close() throws IOException {
        try {
            select.close();
        } catch (SQLException failure) {
            throw new IOException("a snapshot's parts can't be closed", failure);
        }
    }

    private boolean isAtEnd() throws IOException {
        // Parts are never empty, so this turns once for each.
        while (next == current.length) {
            if (!advance()) return true;
        }
        return false;
    }

    private boolean advance() throws IOException {
        try {
            select.setLong(1, sequence);
            select.setInt(2, part);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) return false;
                current = rows.getBytes(1);
                next = 0;
                part++;
                return true;
            }
        } catch (SQLException failure) {
            throw new IOException("a snapshot's part can't be read", failure);
        }
    }
}
