package io.meseta.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows of text under headings, each column as wide as its widest cell.
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(headings);
    }

    void add(List<String> row) {
        // Names come from strangers: none may steer the terminal.
        rows.add(row.stream().map(cell -> cell.replaceAll("\\p{Cntrl}", "?")).toList());
    }

    void print(PrintWriter out) {
        int columns = rows.getFirst().size();
        var widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                var cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
