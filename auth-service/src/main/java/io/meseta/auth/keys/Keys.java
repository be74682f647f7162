package io.meseta.auth.keys;

import java.util.List;

/// All keys there are.
public interface Keys {

    /// The announced one, the one in use, and some that went out of use.
    int MAX = 8;

    List<SigningKey> all();

    void save(SigningKey key);

    void remove(String id);
}
