package io.jenkins.plugins.servicenowconnector.simulator.table;

import io.jenkins.plugins.servicenowconnector.simulator.table.Column.Kind;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One term of an encoded query, such as {@code stateIN1,2}. */
record Condition(String path, Operator operator, String value) {

    // field names are lower case and operators upper case or signs: that is what keeps "stateIN1" readable
    private static final Pattern TERM = Pattern.compile("([a-z_][a-z0-9_.]*)(.*)", Pattern.DOTALL);
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");

    /** Reads a term; empty when it has no field or no known operator. */
    static Optional<Condition> parse(String term) {
        Matcher matcher = TERM.matcher(term);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(2);
        return Operator.at(rest)
                .map(operator -> new Condition(matcher.group(1), operator, rest.substring(operator.length())));
    }

    Condition withValue(String newValue) {
        return new Condition(path, operator, newValue);
    }

    boolean matches(Row row, Tables tables) {
        return tables.cell(row, path).map(cell -> matches(cell, tables)).orElse(false);
    }

    private boolean matches(Cell cell, Tables tables) {
        boolean byName = cell.column().isReference()
                && !value.isEmpty()
                && operator == Operator.EQUAL
                && !SYS_ID.matcher(value).matches();
        // an empty date is in no range
        boolean noDate = cell.column().kind() == Kind.DATE_TIME && cell.value().isEmpty();
        if (noDate && (operator.name().startsWith("AT_") || operator == Operator.LESS)) {
            return false;
        }
        String stored = byName ? new DisplayValues(tables, ZoneOffset.UTC).of(cell) : cell.value();
        return operator.test(stored, value);
    }
}
