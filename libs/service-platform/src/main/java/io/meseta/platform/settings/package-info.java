/// Settings: the defaults that all services share, and the check that no `meseta.*` key is a typo.
///
/// Start at [SettingsConfiguration]; the defaults are in `meseta-defaults.properties`. What a
/// setting means is known where it is used.
@NullMarked
package io.meseta.platform.settings;

import org.jspecify.annotations.NullMarked;
