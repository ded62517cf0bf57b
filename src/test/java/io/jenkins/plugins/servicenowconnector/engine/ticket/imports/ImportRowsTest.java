package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImportRowsTest {

    private static List<Map<String, String>> rows(Map<String, ?> row, List<Map<String, ?>> rows, String json)
            throws ServiceNowException {
        return ImportRows.of("u_builds", row, rows, json).rows();
    }

    @Test
    void valuesBecomeTexts() throws Exception {
        assertThat(rows(Map.of("u_name", "a", "u_number", 1, "u_ok", true), null, null))
                .containsExactly(Map.of("u_name", "a", "u_number", "1", "u_ok", "true"));
        assertThat(rows(null, List.of(Map.of("u_name", "a"), Map.of("u_name", "")), " "))
                .containsExactly(Map.of("u_name", "a"), Map.of("u_name", ""));
    }

    @Test
    void jsonIsOneObjectOrAListOfThemAndKeepsNumbersAsTheyAreWritten() throws Exception {
        assertThat(rows(null, null, "{\"u_name\":\"Zürich\",\"u_number\":1,\"u_ok\":false,\"u_version\":1.10}"))
                .containsExactly(Map.of("u_name", "Zürich", "u_number", "1", "u_ok", "false", "u_version", "1.10"));
        assertThat(rows(null, null, "[{\"u_name\":\"a\"},{\"u_name\":\"b\"}]"))
                .containsExactly(Map.of("u_name", "a"), Map.of("u_name", "b"));
    }

    static List<Arguments> refused() {
        Map<String, ?> row = Map.of("u_name", "a");
        return List.of(
                arguments(null, null, null, "row or rows or json must be given, exactly one of them."),
                arguments(row, List.of(row), null, "row or rows or json must be given, exactly one of them."),
                arguments(row, null, "{}", "row or rows or json must be given, exactly one of them."),
                arguments(Map.of(), null, null, "row must name at least one column."),
                arguments(null, List.of(), null, "rows holds no row."),
                arguments(null, Collections.nCopies(1001, row), null, "rows holds 1001 rows, more than 1000"),
                arguments(null, List.of(row, Map.of()), null, "rows[1] must name at least one column."),
                arguments(Map.of("u name", "a"), null, null, "row is 'u name'"),
                arguments(Map.of("u_a", List.of("x")), null, null, "row.u_a must not be nested"),
                arguments(Map.of("u_a", Map.of("b", "c")), null, null, "row.u_a must not be nested"),
                arguments(Collections.singletonMap("u_a", null), null, null, "row.u_a must not be null"),
                arguments(Map.of("u_a", "javascript:gs.x()"), null, null, "row.u_a must not begin with 'javascript:'"),
                arguments(null, null, "{\"u_a\":{\"b\":1}}", "json.u_a must not be nested"),
                arguments(null, null, "[{\"u_a\":\"b\"},{\"u_a\":[1]}]", "json[1].u_a must not be nested"),
                arguments(null, null, "{\"u_a\":null}", "json.u_a must not be null"),
                arguments(null, null, "[]", "json holds no row."),
                arguments(null, null, "[1]", "json must be one object, or a list of objects."),
                arguments(null, null, "\"text\"", "json must be one object, or a list of objects."),
                arguments(null, null, "{\"u_a\":1", "json is no JSON in line 1, column"),
                arguments(null, null, "{\"u_a\":1} {}", "json is no JSON"),
                arguments(null, null, "{\"u_a\":1,\"u_a\":2}", "or names a column twice"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatAStagingTableWouldGarbleIsRefusedByName(
            Map<String, ?> row, List<Map<String, ?>> rows, String json, String sentence) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> rows(row, rows, json));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).contains(sentence);
    }

    @Test
    void stagingTableIsChecked() {
        Map<String, ?> row = Map.of("u_name", "a");

        for (String table : new String[] {null, "a b", "../incident", "sysapproval_approver"}) {
            assertThat(catchThrowableOfType(ServiceNowException.class, () -> ImportRows.of(table, row, null, null))
                            .sentence())
                    .startsWith("stagingTable ");
        }
    }
}
