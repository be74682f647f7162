package io.meseta.testkit.walls;

/// An exception to one wall at one place.
record Allowance(String wall, String place, String reason) {

    Allowance {
        if (place.isBlank()) throw new IllegalArgumentException("an exception names its place");
        if (reason.isBlank()) throw new IllegalArgumentException("an exception has a reason");
    }
}
