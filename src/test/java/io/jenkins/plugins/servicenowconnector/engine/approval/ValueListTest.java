package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueListTest {

    @Test
    void inAnInListCommasSeparate() throws Exception {
        assertThat(ValueList.parse("x", "-2, -1 ,0")).containsExactly("-2", "-1", "0");
    }

    @Test
    void inAnInListQuotesProtect() throws Exception {
        assertThat(ValueList.parse("x", "\"a, b\", \" c \" ,d")).containsExactly("a, b", " c ", "d");
    }

    @Test
    void twoQuotesInsideQuotesAreOne() throws Exception {
        assertThat(ValueList.parse("x", "\"say \"\"yes\"\"\",no")).containsExactly("say \"yes\"", "no");
    }

    @Test
    void anEmptyFieldIsQuoted() throws Exception {
        assertThat(ValueList.parse("x", "a,\"\"")).containsExactly("a", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a,,b|an empty item; write \"\" for an empty field, at character 3",
                "a,|an empty item; write \"\" for an empty field, at character 3",
                "\"a|a quote that is not closed, at character 1",
                "\"a\" b,c|something between a closing quote and the comma, at character 5",
                "5\" disk|a quote inside an item"
            })
    void mistakesAreNamedWithTheirPosition(String text, String message) {
        assertThatThrownBy(() -> ValueList.parse("approvalCriteria condition 1 (state)", text))
                .hasMessageStartingWith("approvalCriteria condition 1 (state) has a list with ")
                .hasMessageContaining(message);
    }

    @Test
    void whatIsFormattedIsReadAgain() throws Exception {
        List<String> items = List.of("a", "a, b", "\"", "", " c ", "d \"e\" f");

        assertThat(ValueList.parse("x", ValueList.format(items))).isEqualTo(items);
    }
}
