package io.jenkins.plugins.servicenowconnector.simulator.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A parsed {@code sysparm_query}: groups joined by OR, in each terms joined by AND, in each its alternatives. */
public final class EncodedQuery {

    private final Tables tables;
    private final Schema schema;
    private final List<List<List<Condition>>> groups = new ArrayList<>();
    private final List<Comparator<Row>> orders = new ArrayList<>();
    private final Set<String> invalid = new LinkedHashSet<>();

    private EncodedQuery(Tables tables, Schema schema) {
        this.tables = tables;
        this.schema = schema;
        groups.add(new ArrayList<>());
    }

    /** A query that every row matches. */
    public static EncodedQuery all(Tables tables, Schema schema) {
        return new EncodedQuery(tables, schema);
    }

    /**
     * Reads a query.
     *
     * @param caretEscaped whether {@code ^^} stands for one caret
     */
    public static EncodedQuery parse(String text, Tables tables, Schema schema, Reader reader, boolean caretEscaped) {
        EncodedQuery query = new EncodedQuery(tables, schema);
        for (String token : split(text, caretEscaped)) {
            query.take(token, reader);
        }
        return query;
    }

    private static List<String> split(String text, boolean caretEscaped) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean doubled = caretEscaped && text.startsWith("^^", i);
            if (doubled) {
                token.append('^');
                i++;
            } else if (text.charAt(i) == '^') {
                tokens.add(token.toString());
                token.setLength(0);
            } else {
                token.append(text.charAt(i));
            }
        }
        tokens.add(token.toString());
        return tokens;
    }

    private void take(String token, Reader reader) {
        if (token.startsWith("ORDERBYDESC")) {
            order(token.substring(11), true);
        } else if (token.startsWith("ORDERBY")) {
            order(token.substring(7), false);
        } else if (token.startsWith("NQ")) {
            groups.add(new ArrayList<>());
            term(token.substring(2), reader, false);
        } else if (token.startsWith("OR")) {
            term(token.substring(2), reader, true);
        } else if (!token.isEmpty() && !token.equals("EQ") && !token.startsWith("GROUPBY")) {
            term(token, reader, false);
        }
    }

    private void order(String field, boolean descending) {
        if (tables.column(schema, field).isEmpty()) {
            invalid.add(field);
            return;
        }
        Comparator<Row> byField = Comparator.comparing(row -> value(row, field), Operator::compare);
        orders.add(descending ? byField.reversed() : byField);
    }

    private String value(Row row, String field) {
        return tables.cell(row, field).map(Cell::value).orElse("");
    }

    private void term(String text, Reader reader, boolean alternative) {
        List<List<Condition>> group = groups.get(groups.size() - 1);
        if (!alternative || group.isEmpty()) {
            group.add(new ArrayList<>());
        }
        List<Condition> alternatives = group.get(group.size() - 1);
        Condition.parse(text)
                .flatMap(condition -> readable(condition, reader))
                .ifPresentOrElse(alternatives::add, () -> invalid.add(text));
    }

    private Optional<Condition> readable(Condition condition, Reader reader) {
        return tables.column(schema, condition.path())
                .map(column -> condition.withValue(reader.evaluate(condition.value(), column)));
    }

    /** Terms that name no field of the table, or no operator: ServiceNow drops them. */
    public Set<String> invalid() {
        return invalid;
    }

    /** The paths that the conditions name. */
    public Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        conditions().forEach(condition -> paths.add(condition.path()));
        return paths;
    }

    private Stream<Condition> conditions() {
        return groups.stream().flatMap(List::stream).flatMap(List::stream);
    }

    /** The rows that match, in the order asked for, else as created. */
    public List<Row> run() {
        Comparator<Row> order =
                orders.stream().reduce(Comparator::thenComparing).orElse(null);
        Stream<Row> found = candidates().filter(this::matches);
        return (order == null ? found : found.sorted(order)).toList();
    }

    /** Looks rows up by sys_id where the query allows it, so that a large table costs no scan. */
    private Stream<Row> candidates() {
        List<List<Condition>> only = groups.size() == 1 ? groups.get(0) : List.of();
        return only.stream()
                .filter(alternatives -> alternatives.size() == 1)
                .map(alternatives -> alternatives.get(0))
                .filter(condition -> condition.path().equals("sys_id"))
                .filter(condition -> condition.operator() == Operator.IN || condition.operator() == Operator.EQUAL)
                .findFirst()
                .map(condition -> Stream.of(condition.value().split(","))
                        .distinct()
                        .flatMap(id -> tables.find(schema.name(), id).stream()))
                .orElseGet(() -> tables.rows(schema.name()).stream());
    }

    private boolean matches(Row row) {
        return groups.stream()
                .anyMatch(group -> group.stream()
                        .allMatch(alternatives -> alternatives.isEmpty()
                                || alternatives.stream().anyMatch(condition -> condition.matches(row, tables))));
    }
}
