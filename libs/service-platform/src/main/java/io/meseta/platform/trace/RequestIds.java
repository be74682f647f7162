package io.meseta.platform.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The id by which one request is found again in logs and answers.
public final class RequestIds {

    /// The header that carries it, both ways.
    public static final String HEADER = "X-Request-Id";

    /// The name of the logs' field.
    public static final String LOG_FIELD = "requestId";

    /// Short and dull, since it is copied into logs and headers.
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    /// The id of the request that this thread serves, if it serves one.
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(LOG_FIELD));
    }

    /// What the caller brought, if it will do; a new id otherwise.
    static String of(@Nullable String brought) {
        if (brought != null && ACCEPTABLE.matcher(brought).matches()) return brought;
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
