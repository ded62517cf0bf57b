package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserQueryTest {

    static List<Arguments> readable() {
        return List.of(
                arguments("active=true", Set.of("active")),
                arguments("  active=true ", Set.of("active")),
                arguments("active=true^category=network", Set.of("active", "category")),
                arguments("state=1^ORpriority=2", Set.of("state", "priority")),
                arguments("a=1^NQb=2^c!=3", Set.of("a", "b", "c")),
                arguments("stateIN1,2^numberNOT INCHG1,CHG2", Set.of("state", "number")),
                arguments("assigned_toISEMPTY^descriptionISNOTEMPTY", Set.of("assigned_to", "description")),
                arguments("assignment_group.name=Network", Set.of("assignment_group.name")),
                arguments("short_descriptionLIKEfoo bar^numberSTARTSWITHCHG", Set.of("short_description", "number")),
                arguments(
                        "short_descriptionNOT LIKEx^nameNOTLIKEy^aENDSWITHz", Set.of("short_description", "name", "a")),
                arguments(
                        "sys_created_on>=2026-05-11 09:00:00^sys_mod_count<3",
                        Set.of("sys_created_on", "sys_mod_count")),
                arguments("start_dateBETWEEN2026-05-11@2026-05-12", Set.of("start_date")),
                arguments("sys_updated_onRELATIVEGE@hour@ago@3", Set.of("sys_updated_on")),
                arguments("sys_class_nameINSTANCEOFtask", Set.of("sys_class_name")),
                arguments("assigned_toDYNAMIC90d1921e5f510100a9ad2572f2b477fe", Set.of("assigned_to")),
                arguments("opened_bySAMEASassigned_to", Set.of("opened_by", "assigned_to")),
                arguments("work_endGT_FIELDend_date", Set.of("work_end", "end_date")),
                arguments("active=true^ORDERBYnumber^ORDERBYDESCpriority", Set.of("active", "number", "priority")),
                arguments("active=true^GROUPBYstate^EQ", Set.of("active", "state")),
                arguments("short_description=a=b ORc", Set.of("short_description")));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void fieldsOfAQueryAreFoundAndItsTextStays(String text, Set<String> fields) throws Exception {
        UserQuery query = UserQuery.parse("query", text);

        assertThat(query.fields()).isEqualTo(fields);
        assertThat(query.query().text()).isEqualTo(text.strip());
    }

    static List<Arguments> refused() {
        return List.of(
                arguments("assigned_to=javascript:gs.getUserID()", "must not hold 'javascript:'"),
                arguments("opened_atONToday@JavaScript:gs.x()@javascript:gs.y()", "must not hold 'javascript:'"),
                arguments("short_description=a^^b=c", "holds '^^'"),
                arguments("active=true^\tstate=1", "must not hold line breaks"),
                arguments("active=true^", "cannot be read, ''"),
                arguments("^active=true", "cannot be read, ''"),
                arguments("ORactive=true", "cannot be read, 'ORactive=true'"),
                arguments("Active=true", "cannot be read, 'Active=true'"),
                arguments("active", "its operator is not known"),
                arguments("active==true^ state=1", "cannot be read, ' state=1'"),
                arguments("stateNOTIN1,2", "its operator is not known"),
                arguments("stateXYZ1", "its operator is not known"),
                arguments("opened_atONToday", "its operator is not known"),
                arguments("123TEXTQUERY321=words", "a condition is a field's name, an operator and a value"),
                arguments("RLQUERYchange_task.change_request,>=1^active=true^ENDRLQUERY", "cannot be read, 'RLQUERY"),
                arguments("category=", "its value is empty"),
                arguments("category!= ", "its value is empty"),
                arguments("category=null", "its value is empty"),
                arguments("stateIN", "its value is empty"),
                arguments("opened_bySAMEAS", "SAMEAS wants the name of another field"),
                arguments("assigned_toISEMPTYx", "its operator is not known"),
                arguments("ORDERBYnumber", "has no condition"),
                arguments("EQ", "has no condition"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotUnderstoodIsRefused(String text, String reason) {
        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> UserQuery.parse("query", text));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).startsWith("query ").contains(reason);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void blankQueryIsRefused(String text) {
        assertThat(catchThrowableOfType(ServiceNowException.class, () -> UserQuery.parse("filter", text)))
                .hasMessage("filter must not be blank: that would match every record.");
    }

    @Test
    void longTermIsShortenedInTheError() {
        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> UserQuery.parse("query", "X".repeat(500)));

        assertThat(error.sentence()).hasSizeLessThan(250);
    }

    @Test
    void rowThatLacksAFieldOfTheQueryIsNoAnswerToIt() throws Exception {
        UserQuery query = UserQuery.parse("query", "active=true^u_absent=1");
        Rows whole = rows(Map.of("active", FieldValue.EMPTY, "u_absent", FieldValue.EMPTY));
        Rows partial = rows(Map.of("active", FieldValue.EMPTY));

        query.checkAnswer("incident", whole);
        query.checkAnswer("incident", new Rows(List.of(), Instant.EPOCH, ""));
        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> query.checkAnswer("incident", partial));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).startsWith("The query names the field 'u_absent', which incident does not have");
    }

    private static Rows rows(Map<String, FieldValue> fields) {
        return new Rows(List.of(new Row(fields)), Instant.EPOCH, "");
    }
}
