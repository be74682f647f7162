package io.meseta.benchmarks.mix;

/// How a framework of some kind behaves.
///
/// @param tasks how many it wants to run in all
/// @param perOffer how many it launches with one offer at most
record Kind(String name, double cpus, double memMb, int tasks, int perOffer) {

    static final Kind MARATHON = new Kind("marathon", 0.07, 400, 4_000, 100);
    static final Kind JENKINS = new Kind("jenkins", 0.1, 4_000, 5, 1);
    static final Kind SPARK = new Kind("spark", 1, 1_000, 20, 5);

    /// How many fit into so much.
    int fitting(double cpusLeft, double memMbLeft) {
        // Amounts on the wire have three places.
        double epsilon = 1e-6;
        return (int)
                Math.min(
                        perOffer,
                        Math.floor(Math.min(cpusLeft / cpus, memMbLeft / memMb) + epsilon));
    }
}
