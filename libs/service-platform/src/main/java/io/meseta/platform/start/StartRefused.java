package io.meseta.platform.start;

import org.springframework.boot.ExitCodeGenerator;

/// The service will not start as it is configured. The message is one line for whoever started it,
/// and says what to do.
public final class StartRefused extends RuntimeException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    /// As shells have it for "used wrongly".
    private static final int EXIT_CODE = 2;

    public StartRefused(String line) {
        super(line);
    }

    @Override
    public int getExitCode() {
        return EXIT_CODE;
    }
}
