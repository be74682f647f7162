package io.meseta.master.doors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// A route of the Mesos API: it takes every method, and judges for itself which ones it answers.
///
/// Spring keeps OPTIONS to itself unless a route names it.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestMapping(
        method = {
            RequestMethod.GET,
            RequestMethod.HEAD,
            RequestMethod.POST,
            RequestMethod.PUT,
            RequestMethod.PATCH,
            RequestMethod.DELETE,
            RequestMethod.OPTIONS
        })
public @interface Route {

    /// Path patterns, with and without the `/master` prefix that Mesos also takes.
    @AliasFor(annotation = RequestMapping.class, attribute = "path")
    String[] value();
}
