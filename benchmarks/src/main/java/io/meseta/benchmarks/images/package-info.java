/// How long an image takes from a registry on this machine until it can be mounted.
///
/// Start at [PullAndUnpack]. Needs Debian's `docker-registry`; compares with `skopeo` and `umoci`
/// where they are installed.
@NullMarked
package io.meseta.benchmarks.images;

import org.jspecify.annotations.NullMarked;
