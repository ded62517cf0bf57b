package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which fields a table has, which choices a field has: its own or those of its parents. */
final class FormDictionary {

    private static final String DICTIONARY = "sys_dictionary";
    private static final String CHOICES = "sys_choice";
    private static final int MOST_FIELDS = 1000;
    private static final int MOST_CHOICES = 500;

    private final FormQuery forms;

    FormDictionary(FormQuery forms) {
        this.forms = forms;
    }

    FormList<FormField> fields(String table) throws ServiceNowException, InterruptedException {
        List<String> family = forms.lineage(table);
        List<Row> rows = forms.rows(
                DICTIONARY,
                Map.of("name", family, "active", List.of("true")),
                List.of("element", "column_label", "mandatory", "read_only", "internal_type", "max_length"),
                MOST_FIELDS);
        Map<String, FormField> fields = new LinkedHashMap<>();
        for (String member : family) {
            rows.stream()
                    .filter(row -> row.value("name").equals(member))
                    .map(FormDictionary::field)
                    // the row of the table itself has no element
                    .filter(field -> !field.name().isEmpty())
                    .forEach(field -> fields.putIfAbsent(field.name(), field));
        }
        if (fields.isEmpty()) {
            throw new ServiceNowException(Kind.FORBIDDEN, FormQuery.nothingSeen(DICTIONARY), Facts.NONE);
        }
        return new FormList<>(
                fields.values().stream()
                        .sorted(Comparator.comparing(FormField::label, String.CASE_INSENSITIVE_ORDER))
                        .toList(),
                "");
    }

    private static FormField field(Row row) {
        String name = row.value("element");
        String label = row.value("column_label");
        return new FormField(
                name,
                label.isEmpty() ? name : label,
                row.value("mandatory").equals("true"),
                row.value("read_only").equals("true") || NeverWritten.isField(name),
                row.value("internal_type"),
                number(row.value("max_length")));
    }

    FormList<FormOption> choices(String table, String field) throws ServiceNowException, InterruptedException {
        List<String> family = forms.lineage(table);
        Map<String, List<String>> conditions = Map.of(
                "name", family,
                "element", List.of(field),
                "language", List.of("en"),
                "inactive", List.of("false"));
        List<Row> rows = forms.rows(CHOICES, conditions, List.of("value", "label", "sequence"), MOST_CHOICES);
        // where a table has choices of its own, none are inherited (servicenow-rest §5.4)
        List<Row> ordered = TableLineage.nearest(family, rows).stream()
                .sorted(Comparator.comparingInt(row -> number(row.value("sequence"))))
                .toList();
        Map<String, Row> each = new LinkedHashMap<>();
        ordered.forEach(row -> each.putIfAbsent(row.value("value"), row));
        return FormQuery.list(
                CHOICES, List.copyOf(each.values()), row -> new FormOption(row.value("value"), row.value("label")));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
