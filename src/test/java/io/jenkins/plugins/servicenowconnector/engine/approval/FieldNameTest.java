package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.approval.FieldName.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNameTest {

    @ParameterizedTest
    @CsvSource({
        "state, state, EITHER",
        "state.value, state, VALUE",
        "state.displayValue, state, DISPLAY_VALUE",
        "cmdb_ci.name, cmdb_ci.name, EITHER",
        "cmdb_ci.name.displayValue, cmdb_ci.name, DISPLAY_VALUE",
        "value, value, EITHER",
        "u_setting.value.value, u_setting.value, VALUE",
        "state.displayvalue, state.displayvalue, EITHER"
    })
    void lastPartValueOrDisplayValueSelectsOneKind(String text, String name, Kind kind) throws Exception {
        assertThat(FieldName.parse("x", text)).isEqualTo(new FieldName(name, kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "null", "^ORactive=true", "state^ORactive", "javascript:gs.log(1)", "a b", "a\u0000b", "a\nb",
                "1state", "_state", ".state", "state.", "a..b", "stäte", "state-x", "state,active", "a.1b"
            })
    void anythingThatIsNoFieldNameIsRefused(String text) {
        assertThatThrownBy(() -> FieldName.parse("approvalCriteria condition 2", text))
                .hasMessageStartingWith("approvalCriteria condition 2 ")
                .message()
                .doesNotContain("\n", "\u0000");
    }

    @Test
    void partsAreAtMost80Long() throws Exception {
        assertThat(FieldName.parse("x", "a".repeat(80)).name()).hasSize(80);
        assertThatThrownBy(() -> FieldName.parse("x", "a".repeat(81))).hasMessageContaining("no field's name");
        assertThatThrownBy(() -> FieldName.parse("x", "a.".repeat(200) + "a")).hasMessageContaining("no field's name");
    }
}
