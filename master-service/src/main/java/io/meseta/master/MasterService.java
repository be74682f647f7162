package io.meseta.master;

import io.meseta.master.wiring.Rooms;
import io.meseta.platform.PlatformConfiguration;
import io.meseta.platform.start.ServiceStart;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The master: decides which framework is offered what, and remembers what became of it.
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({PlatformConfiguration.class, Rooms.class})
public class MasterService {

    public static void main(String[] args) {
        ServiceStart.main(MasterService.class, args);
    }
}
