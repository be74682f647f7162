package io.meseta.master.views;

import jakarta.servlet.http.HttpServletRequest;

/// Says what the caller of a request may see.
@FunctionalInterface
public interface Viewers {

    Visibility of(HttpServletRequest request);
}
