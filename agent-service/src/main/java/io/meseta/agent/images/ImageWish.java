package io.meseta.agent.images;

import io.meseta.images.ImageSource;
import io.meseta.images.pulls.PullPolicy;
import io.meseta.images.registry.DockerConfig;

/// Which image, how fresh, and by what right.
///
/// @param credentials the task's own; empty where it brings none
public record ImageWish(ImageSource source, PullPolicy policy, DockerConfig credentials) {}
