package io.meseta.allocator;

/// How quota stood when all was last settled.
record Settlement(Meter meter, Withheld withheld) {

    static final Settlement NONE = new Settlement(Meter.OFF, Withheld.NOTHING);
}
