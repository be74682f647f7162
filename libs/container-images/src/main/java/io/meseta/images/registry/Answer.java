package io.meseta.images.registry;

import io.meseta.images.reference.ImageFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Optional;

/// An answer whose body has not been read. Close it: that ends the transfer.
///
/// @param status of HTTP
record Answer(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /// The whole body, if it has at most `max` bytes.
    byte[] read(int max, String what) throws IOException {
        var bytes = body.readNBytes(max + 1);
        if (bytes.length > max) throw ImageFault.tooLarge(what + " above " + max + " bytes");
        return bytes;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException _) {
            // We have what we wanted, or have failed already.
        }
    }
}
