package io.meseta.simulator.ledger;

/// How often the ledger looks at everything. What changes is looked at each time.
///
/// @param batchesPerOfferCheck how many batches lie between two checks that everything has been
///   offered, which asks about each framework on each agent
/// @param batchesPerFullCheck how many lie between two checks of the whole state
public record Diligence(int batchesPerOfferCheck, int batchesPerFullCheck) {

    /// For a cluster of a few nodes.
    public static final Diligence OF_FEW = new Diligence(25, 4_000);

    /// For one of hundreds of nodes.
    public static final Diligence OF_MANY = new Diligence(4_000, 10_000);
}
