package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All shapes of a value (servicenow-rest §1.4, §3.2). */
class RowTest {

    private static final String ID = "287738a91b12c9102a1cea0f6e4bcb0c";

    private static FieldValue value(String json) throws IOException {
        return Row.fieldValue(Instance.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain, stored            | '-5'                                                  | -5 | -5",
                "plain, shown             | 'New'                                                 | New | New",
                "plain, both              | {'display_value':'New','value':'-5'}                  | -5 | New",
                "reference, stored        | {'link':'https://x/api','value':'" + ID + "'}          | " + ID + " | "
                        + ID,
                "reference, stored, bare  | '" + ID + "'                                           | " + ID + " | "
                        + ID,
                "reference, shown         | {'display_value':'Network','link':'https://x/api'}    | Network | Network",
                "reference, shown, bare   | 'Network'                                             | Network | Network",
                "reference, both          | {'display_value':'Network','value':'" + ID + "','link':'https://x'} | " + ID
                        + " | Network",
                "reference, both, bare    | {'display_value':'Network','value':'" + ID + "'}       | " + ID
                        + " | Network",
                "dangling reference       | {'display_value':'','value':'" + ID + "'}              | " + ID + " | ``",
                "empty                    | ''                                                    | `` | ``",
                "empty, both              | {'display_value':'','value':''}                       | `` | ``",
                "empty, both, with link   | {'display_value':'','value':'','link':'https://x'}    | `` | ``",
                "null                     | null                                                  | `` | ``",
                "null, both               | {'display_value':null,'value':null}                   | `` | ``",
                "typed number             | {'value':-5,'display_value':'New'}                    | -5 | New",
                "typed number, old        | {'value':-5.0,'display_value':'New'}                  | -5 | New",
                "typed truth              | {'value':true,'display_value':'true'}                 | true | true",
                "a list is no value       | ['a']                                                 | `` | ``",
            })
    void everyShapeGivesTheSamePair(String shape, String json, String value, String displayValue) throws IOException {
        assertThat(value(json)).as(shape).isEqualTo(new FieldValue(value, displayValue));
    }

    @Test
    void dottedNamesStayAsTheyWereAskedFor() throws IOException {
        Row row = Row.of(Instance.parse("{\"assigned_to.user_name\":\"abel\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(row.value("assigned_to.user_name")).isEqualTo("abel");
    }

    @Test
    void fieldThatDidNotComeBackIsMissingYetReadsAsEmpty() throws IOException {
        Row row = Row.of(Instance.parse("{\"number\":\"\",\"__meta\":{}}".getBytes(StandardCharsets.UTF_8)));

        assertThat(row.fields()).containsOnlyKeys("number");
        assertThat(row.value("state")).isEmpty();
    }
}
