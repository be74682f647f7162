package io.meseta.platform.access;

import io.meseta.authorization.Action;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The route is for whoever may do this, on the kind of thing as a whole. Where the action is on an
/// endpoint, the target is the request's path.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Allowed {

    Action value();
}
