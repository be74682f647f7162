package io.meseta.auth;

import io.meseta.auth.wiring.Rooms;
import io.meseta.platform.PlatformConfiguration;
import io.meseta.platform.start.ServiceStart;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// Knows who is who, and lets every other service know it by itself.
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({PlatformConfiguration.class, Rooms.class})
public class AuthService {

    public static void main(String[] args) {
        ServiceStart.main(AuthService.class, args);
    }
}
