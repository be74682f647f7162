package io.meseta.gateway.console;

import io.meseta.platform.access.Public;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The console's one page.
@Hidden
@RestController
@Public("The page holds nothing; what it shows, it asks for as its reader.")
final class ConsoleController {

    private final ClassPathResource page;

    ConsoleController(ClassPathResource page) {
        this.page = page;
    }

    @GetMapping({"/", "/index.html"})
    ResponseEntity<?> page() {
        if (!page.exists()) {
            return new Problem(ProblemType.NOT_FOUND, "This gateway was built without a console.")
                    .answer();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_HTML)
                .cacheControl(CacheControl.noCache())
                .body(page);
    }
}
