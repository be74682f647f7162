package io.meseta.allocator.want;

/// One of several needs that are worth something only together.
///
/// @param gang the name of them all, for one framework in one role
/// @param number which one of them, from 0
public record GangSet(String gang, int number, Want want) {}
