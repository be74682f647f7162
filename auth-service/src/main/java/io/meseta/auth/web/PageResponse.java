package io.meseta.auth.web;

import io.meseta.auth.changes.Page;
import java.util.List;

/// One page of a list.
///
/// @param next what to ask for as `after` to get the next page; empty after the last
public record PageResponse<T>(List<T> items, String next) {

    public static <T> PageResponse<T> of(Page<T> page) {
        return new PageResponse<>(page.items(), page.next());
    }
}
