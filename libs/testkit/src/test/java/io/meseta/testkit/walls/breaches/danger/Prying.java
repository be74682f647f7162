package io.meseta.testkit.walls.breaches.danger;

/// Planted: reflection.
final class Prying {

    Class<?> looksUp(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }
}
