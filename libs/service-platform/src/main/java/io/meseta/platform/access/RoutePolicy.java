package io.meseta.platform.access;

import io.meseta.authorization.Action;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.web.method.HandlerMethod;

/// What it takes to pass one route.
sealed interface RoutePolicy {

    record ForEverybody() implements RoutePolicy {}

    record ForTheKnown() implements RoutePolicy {}

    record ForTheAllowed(Action action) implements RoutePolicy {}

    /// The route says nothing.
    record Unsaid() implements RoutePolicy {}

    /// What the method says, else what its class says. Of several, the strictest.
    static RoutePolicy of(HandlerMethod handler) {
        var ofMethod =
                said(
                        handler.getMethodAnnotation(Allowed.class),
                        handler.hasMethodAnnotation(DecidedWithin.class)
                                || handler.hasMethodAnnotation(Authenticated.class),
                        handler.hasMethodAnnotation(Public.class));
        if (!(ofMethod instanceof Unsaid)) return ofMethod;
        var type = handler.getBeanType();
        return said(
                AnnotationUtils.findAnnotation(type, Allowed.class),
                AnnotationUtils.findAnnotation(type, DecidedWithin.class) != null
                        || AnnotationUtils.findAnnotation(type, Authenticated.class) != null,
                AnnotationUtils.findAnnotation(type, Public.class) != null);
    }

    private static RoutePolicy said(
            @Nullable Allowed allowed, boolean isForTheKnown, boolean isPublic) {
        if (allowed != null) return new ForTheAllowed(allowed.value());
        if (isForTheKnown) return new ForTheKnown();
        return isPublic ? new ForEverybody() : new Unsaid();
    }
}
