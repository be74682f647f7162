package io.meseta.master.core.agent;

/// Where an agent is, as far as decisions need it.
///
/// @param ip by which operators know its machine besides the host name; empty if it does not say
/// @param isRemote whether it is in another region than the master
public record Site(String ip, boolean isRemote) {

    public static final Site UNKNOWN = new Site("", false);
}
