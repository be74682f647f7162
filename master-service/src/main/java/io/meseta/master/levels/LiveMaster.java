package io.meseta.master.levels;

import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.leadership.Leadership.Address;
import java.time.Duration;
import java.util.UUID;

/// A master that is there, whether it leads or not.
///
/// @param id of its process
/// @param build as it calls itself
/// @param unheard how long ago it said so, by the database's clock
record LiveMaster(UUID id, Address address, String build, FeatureLevels levels, Duration unheard) {}
