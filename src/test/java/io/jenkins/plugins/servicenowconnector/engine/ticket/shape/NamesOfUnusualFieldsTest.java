package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rule.DictionaryRows;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fields given by name whose meaning only the instance's dictionary knows. */
class NamesOfUnusualFieldsTest extends ShapeBench {

    private Row release;

    @BeforeEach
    void declare() {
        SIMULATOR.tables().declare(Schema.table("u_train").display("u_code").with(Column.string("u_code", 40)));
        SIMULATOR
                .tables()
                .declare(Schema.table("u_fast_train").extending("u_train").with(Column.string("u_code", 40)));
        SIMULATOR.tables().schema("incident").orElseThrow().with(Column.reference("u_train", "u_fast_train"));
        SIMULATOR
                .tables()
                .declare(Schema.table("u_release")
                        .extending("task")
                        .with(
                                Column.reference("u_owner", "sys_user"),
                                Column.reference("assignment_group", "sys_user_group"),
                                Column.choice("u_kind", "1=Major|2=Minor"),
                                Column.string("u_text", 40)));
        DictionaryRows.fill(SIMULATOR.tables());
        release = seed("u_fast_train", Map.of("u_code", "R-26"));
    }

    private static TicketParameters release(String field, String name) {
        return new TicketParameters("u_release").names(Map.of(field, name));
    }

    @Test
    void referenceOfAUsualTableIsLearntFromTheDictionary() throws Exception {
        SIMULATOR.tables().schema("incident").orElseThrow().with(Column.reference("u_owner", "sys_user"));
        DictionaryRows.fill(SIMULATOR.tables());

        Shape shape = created(new TicketParameters("incident").names(Map.of("u_owner", "abel.tuter")));

        assertThat(asked()).containsExactly("sys_dictionary", "sys_user");
        assertThat(shape.values()).containsExactly(entry("u_owner", id("sys_user", "user_name", "abel.tuter")));
    }

    @Test
    void displayFieldMayComeFromTheTableThatIsExtended() throws Exception {
        Shape shape = created(new TicketParameters("incident").names(Map.of("u_train", "R-26")));

        assertThat(asked()).containsExactly("sys_dictionary", "sys_db_object", "sys_dictionary", "u_fast_train");
        assertThat(shape.values()).containsEntry("u_train", release.sysId());
    }

    @Test
    void fieldMayComeFromTheTableThatIsExtended() throws Exception {
        Shape shape = created(release("cmdb_ci", "payments-prod"));

        assertThat(asked()).containsExactly("sys_db_object", "sys_dictionary", "cmdb_ci");
        assertThat(shape.values()).containsEntry("cmdb_ci", id("cmdb_ci", "name", "payments-prod"));
    }

    @Test
    void choiceIsLearntFromTheDictionaryToo() throws Exception {
        seed(
                "sys_choice",
                Map.of("name", "u_release", "element", "u_kind", "value", "1", "label", "Major", "language", "en"));

        assertThat(created(release("u_kind", "major")).values()).containsEntry("u_kind", "1");
    }

    @Test
    void fieldThatIsNeitherIsRefused() {
        ServiceNowException error = refused(release("u_text", "x"));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error)
                .hasMessageStartingWith("names.u_text: what u_text of u_release refers to is not known: it is no"
                        + " reference and no choice, or the account may not read sys_dictionary. Give its stored value"
                        + " in fields.u_text.");
    }

    @Test
    void withoutTheDictionaryUsualFieldsAreKnownOnOtherTablesToo() throws Exception {
        SIMULATOR.switches().unreadable("sys_dictionary").unreadable("sys_db_object");

        assertThat(created(release("assignment_group", "Network")).values())
                .containsEntry("assignment_group", id("sys_user_group", "name", "Network"));
        assertThat(refused(release("u_owner", "abel.tuter")))
                .hasMessageContaining("the account may not read sys_dictionary");
    }

    @Test
    void dictionaryThatIsRefusedIsNoFailure() throws Exception {
        SIMULATOR.faults().always(Match.table("GET", "sys_d"), Fault.FORBIDDEN);

        assertThat(created(release("assignment_group", "Network")).values())
                .containsEntry("assignment_group", id("sys_user_group", "name", "Network"));
    }

    @Test
    void passingTroubleIsNotTakenForAMissingDictionary() {
        SIMULATOR.faults().always(Match.table("GET", "sys_d"), Fault.MAINTENANCE);

        assertThat(refused(release("assignment_group", "Network")).kind()).isEqualTo(Kind.ASLEEP);
    }
}
