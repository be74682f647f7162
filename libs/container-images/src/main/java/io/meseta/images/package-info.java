/// Container images for an agent: from a name to directories that a runtime can mount.
///
/// Start at [Images], which is all that an agent needs:
///
/// ```java
/// try (var images = Images.open(ImagesSettings.in(directory))) {
///     var source = ImageSource.parse("registry.example/team/app:1");
///     var ready = images.pull("container-7", source, PullPolicy.CACHED, credentials, progress);
///     var lower = OverlayLayers.of(ready.layers());          // what to mount
///     var process = ProcessPlan.of(ready, command, variables); // what to run in it
///     …
///     images.release("container-7");
/// }
/// ```
///
/// The rooms, each leaning on those above it: `reference` (names, digests, faults), `json`,
/// `manifest`, `layers` (safe unpacking), `registry` (the client), `store` (the disk), `pulls`
/// (fetching once for many), `archives`, `appc`, `rootfs`. No agent, no Spring and no wire message
/// comes in here. All trouble is an `ImageFault`.
@NullMarked
package io.meseta.images;

import org.jspecify.annotations.NullMarked;
