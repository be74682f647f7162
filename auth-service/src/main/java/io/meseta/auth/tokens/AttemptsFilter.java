package io.meseta.auth.tokens;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.limits.Attempts;
import io.meseta.platform.access.CallerAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/// Stands before the token endpoint and counts the wrong secrets. Answers as OAuth 2 has it.
final class AttemptsFilter extends OncePerRequestFilter {

    private static final String BASIC = "Basic ";
    private static final int NAME_LENGTH_MAX = 160;

    private final Attempts attempts;
    private final CallerAddress addresses;

    AttemptsFilter(Attempts attempts, CallerAddress addresses) {
        this.attempts = attempts;
        this.addresses = addresses;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !AssertionCheck.TOKEN_PATH.equals(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var address = addresses.of(request);
        var name = nameOf(request);
        try {
            attempts.admit(address, name);
            chain.doFilter(request, response);
        } catch (Refused refused) {
            refuse(response, refused.refusal());
            return;
        }
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
            attempts.failed(address, name);
        } else if (response.getStatus() == HttpServletResponse.SC_OK && isBasic(request)) {
            // Only there is the name what the secret was checked for.
            attempts.succeeded(address, name);
        }
    }

    private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        var isTooOften = refusal instanceof Refusal.TooOften;
        var wait = refusal instanceof Refusal.TooOften(var seconds) ? seconds : 1;
        response.resetBuffer();
        response.setStatus(isTooOften ? 429 : 503);
        response.setHeader("Retry-After", Long.toString(wait));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        var error = isTooOften ? "slow_down" : "temporarily_unavailable";
        var body =
                "{\"error\":\"%s\",\"error_description\":\"%s\"}"
                        .formatted(error, refusal.detail());
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    /// Whom the secret is said to be from; empty if that can't be told.
    private static String nameOf(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        var name = request.getParameter("client_id");
        if (header != null && isBasic(request)) {
            name = nameIn(header.substring(BASIC.length()));
        }
        return name == null || name.length() > NAME_LENGTH_MAX ? "" : name;
    }

    private static boolean isBasic(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    private static String nameIn(String credential) {
        try {
            var text =
                    new String(
                            Base64.getDecoder().decode(credential.strip()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? ""
                    : URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
