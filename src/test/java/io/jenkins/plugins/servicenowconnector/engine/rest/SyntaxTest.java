package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

    private static final String ID = "287738a91b12c9102a1cea0f6e4bcb0c";

    private static ServiceNowException refused(ThrowingCallable call) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, call);
        assertThat(error).isNotNull();
        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.mayHaveArrived()).isFalse();
        return error;
    }

    @Test
    void usualNamesPass() throws Exception {
        assertThat(Syntax.table("ticketType", " Change_Request ")).isEqualTo("change_request");
        assertThat(Syntax.table("ticketType", "x_acme_app_deploy2")).isEqualTo("x_acme_app_deploy2");
        assertThat(Syntax.number("ticketNumber", " CHG0030001\n")).isEqualTo("CHG0030001");
        assertThat(Syntax.number("ticketNumber", "2026-05.a_1")).isEqualTo("2026-05.a_1");
        assertThat(Syntax.sysId("sysId", ID.toUpperCase(Locale.ROOT))).isEqualTo(ID);
        assertThat(Syntax.field("fields", "u_my_field")).isEqualTo("u_my_field");
        assertThat(Syntax.readField("fields", "cmdb_ci.owned_by.name")).isEqualTo("cmdb_ci.owned_by.name");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "CHG1^ORactive=true",
                "CHG1^NQactive=true",
                "javascript:gs.getUserID()",
                "CHG1\nCHG2",
                "CHG1\u0000",
                "CHG1,CHG2",
                "CHG 1",
                "CHG1'",
                "../../x",
                "CHG00000000000000000000000000000000000000001"
            })
    void numberThatCouldChangeTheQueryIsRefusedByItsParameter(String number) {
        assertThat(refused(() -> Syntax.number("ticketNumber", number))).hasMessageStartingWith("ticketNumber ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "CHG0030001",
                "287738a91b12c9102a1cea0f6e4bcb0",
                "287738a91b12c9102a1cea0f6e4bcb0cc",
                "287738a91b12c9102a1cea0f6e4bcb0g",
                "287738a91b12c910 a1cea0f6e4bcb0c"
            })
    void sysIdThatIsNoneIsRefusedByItsParameter(String sysId) {
        assertThat(refused(() -> Syntax.sysId("sysId", sysId))).hasMessageStartingWith("sysId ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "incident/../sys_user", "incident?x=1", "1incident", "inc-ident", "incident.number"})
    void tableThatIsNoneIsRefusedByItsParameter(String table) {
        assertThat(refused(() -> Syntax.table("ticketType", table))).hasMessageStartingWith("ticketType ");
    }

    @Test
    void tableThatIsTooLongIsRefusedWithoutRepeatingAllOfIt() {
        ServiceNowException error = refused(() -> Syntax.table("ticketType", "a".repeat(81)));

        assertThat(error.sentence()).contains("a".repeat(60) + "…").doesNotContain("a".repeat(61));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "short description", "a,b", "a=b", "1st", "cmdb_ci.name"})
    void fieldThatCannotBeWrittenIsRefusedByItsParameter(String field) {
        assertThat(refused(() -> Syntax.field("fields", field))).hasMessageStartingWith("fields ");
    }

    @ParameterizedTest
    @ValueSource(strings = {".name", "cmdb_ci.", "cmdb_ci..name", "a.b.c.d.e.f.g", "cmdb_ci.na me"})
    void dottedFieldThatLeadsNowhereIsRefused(String field) {
        refused(() -> Syntax.readField("fields", field));
    }

    @Test
    void controlCharactersAreNotRepeatedInTheError() {
        assertThat(refused(() -> Syntax.number("ticketNumber", "CHG1\u001b[31m"))
                        .sentence())
                .contains("'CHG1?[31m'")
                .doesNotContain("\u001b");
    }
}
