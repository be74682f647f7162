package io.meseta.master.journal;

import java.util.Optional;

/// Where the database is and as whom to speak to it.
///
/// @param url a JDBC URL of PostgreSQL
public record DatabaseAddress(String url, Optional<String> user, Optional<String> password) {

    private static final String SCHEME = "jdbc:postgresql:";

    public DatabaseAddress {
        if (!url.startsWith(SCHEME))
            throw new IllegalArgumentException(
                    "the journal needs a URL that begins with " + SCHEME);
    }

    /// An address whose URL says everything.
    public static DatabaseAddress of(String url) {
        return new DatabaseAddress(url, Optional.empty(), Optional.empty());
    }

    /// Without the password, and without the URL's parameters, which may hold one.
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
