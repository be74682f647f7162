/// What every service's shell shares, one room for each concern.
///
/// Start at [PlatformConfiguration], which a service imports. A class with one user does not belong
/// here: it moves home.
///
/// ```
/// request → trace → open → server (path) → bodies → controller
///                      ↘ problems ↙            streams ↗
/// ```
@NullMarked
package io.meseta.platform;

import org.jspecify.annotations.NullMarked;
