package io.meseta.platform.start;

import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/// What every service's `main` calls.
public final class ServiceStart {

    private ServiceStart() {}

    /// Starts the service and returns; a failure ends the process with a code other than zero.
    public static void main(Class<?> service, String... args) {
        try {
            run(service, args);
        } catch (RuntimeException failure) {
            // Reported already, in one line where that is possible.
            System.exit(exitCode(failure));
        }
    }

    private static int exitCode(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof ExitCodeGenerator coded) return coded.getExitCode();
        }
        return 1;
    }

    /// Starts the service and hands over its context: for tests and for processes that hold
    /// several.
    public static ConfigurableApplicationContext run(Class<?> service, String... args) {
        var application = new SpringApplication(service);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        return application.run(args);
    }
}
