/// What must be secret about a cluster before any of its services has ever run: made once, by `java
/// -jar auth-service.jar secrets`, for whoever starts them on machines or on Kubernetes.
///
/// Start at [SecretsCommand]. It runs without Spring and without a database, and prints no secret.
@NullMarked
package io.meseta.auth.founding;

import org.jspecify.annotations.NullMarked;
