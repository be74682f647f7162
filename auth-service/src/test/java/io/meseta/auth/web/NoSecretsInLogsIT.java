package io.meseta.auth.web;

import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.TestAuth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class NoSecretsInLogsIT {

    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void saysNoSecretInTheLogTheAuditTheDatabaseOrAnError() {
        var log = new ListAppender<ILoggingEvent>();
        var loggers =
                List.of("io.meseta", "org.springframework.security", "org.springframework.web")
                        .stream()
                        .map(name -> (Logger) LoggerFactory.getLogger(name))
                        .toList();
        log.start();
        for (var logger : loggers) {
            logger.setLevel(Level.TRACE);
            logger.addAppender(log);
            logger.setAdditive(false);
        }
        var secrets = new ArrayList<String>();
        var answers = new StringBuilder();
        try {
            useAllSecrets(secrets, answers);
        } finally {
            for (var logger : loggers) {
                logger.detachAppender(log);
                logger.setLevel(null);
                logger.setAdditive(true);
            }
        }

        var logged =
                log.list.stream().map(NoSecretsInLogsIT::text).collect(Collectors.joining("\n"));
        var rows =
                AUTH.database()
                        .text(
                                "SELECT string_agg(audit::text, ' ') || (SELECT"
                                        + " string_agg(answered::text, ' ') FROM answered)"
                                        + " FROM audit");
        assertThat(logged).isNotEmpty();
        for (var secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(10);
            assertThat(logged).doesNotContain(secret);
            assertThat(rows).doesNotContain(secret);
            assertThat(answers).doesNotContain(secret);
        }
        assertThat(rows).doesNotContain("argon2");
    }

    private static void useAllSecrets(List<String> secrets, StringBuilder answers) {
        var password = "a-password-that-none-may-see";
        secrets.add(password);
        secrets.add(FirstFiles.SECRET);
        var name = AUTH.user(password);
        answers.append(AUTH.signIn(name, password + "-wrong"));
        var signedIn = AUTH.signIn(name, password);
        secrets.add(signedIn.at("refresh_token"));
        secrets.add(signedIn.at("access_token"));
        var refresh = json(Map.of("refresh_token", signedIn.at("refresh_token")));
        var next = AUTH.send("POST", "/auth/v1/sessions:refresh", refresh);
        secrets.add(next.at("refresh_token"));
        answers.append(AUTH.send("POST", "/auth/v1/sessions:refresh", refresh));
        var account = json(Map.of("name", TestAuth.freshName("quiet")));
        var key = TestAuth.freshName("quiet-key");
        var made = AUTH.admin("POST", "/auth/v1/service-accounts", account, "Idempotency-Key", key);
        secrets.add(made.at("secret"));
        AUTH.token(made.at("name"), made.at("secret"));
        answers.append(AUTH.token(made.at("name"), made.at("secret") + "x"));
        answers.append(AUTH.token(FirstFiles.MEMBER, FirstFiles.SECRET + "x"));
        var token =
                AUTH.admin(
                        "POST", "/auth/v1/join-tokens", json(Map.of("uses", 1, "expires_in", 60)));
        secrets.add(token.at("join_token"));
        var join =
                Map.of("join_token", token.at("join_token"), "public_key", "AAAA", "hostname", "h");
        answers.append(AUTH.send("POST", "/auth/v1/agents:join", json(join)));
        answers.append(
                AUTH.send("POST", "/auth/v1/sessions", "{\"password\":\"" + password + "\",,"));
    }

    private static String text(ILoggingEvent event) {
        var proxy = event.getThrowableProxy();
        var trace = proxy == null ? "" : ThrowableProxyUtil.asString(proxy);
        return event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + trace;
    }
}
