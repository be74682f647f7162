package io.meseta.auth;

import io.meseta.auth.founding.SecretsCommand;
import io.meseta.auth.wiring.Rooms;
import io.meseta.platform.PlatformConfiguration;
import io.meseta.platform.start.ServiceStart;
import java.io.Console;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.context.annotation.Import;

/// Knows who is who, and lets every other service know it by itself.
@SpringBootConfiguration
// Spring Boot would make an RSA key for tokens at each start; ours are in the database.
@EnableAutoConfiguration(exclude = OAuth2AuthorizationServerJwtAutoConfiguration.class)
@Import({PlatformConfiguration.class, Rooms.class})
public class AuthService {

    /// Starts the service; with `secrets` as the first word, makes a cluster's first secrets
    /// instead.
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(SecretsCommand.NAME)) {
            var isSeen =
                    Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
            var command =
                    new SecretsCommand(InstantSource.system(), isSeen, System.out, System.err);
            System.exit(command.run(List.of(args).subList(1, args.length)));
        }
        ServiceStart.main(AuthService.class, args);
    }
}
