package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables about tables, and choices, which stand under the table that brings a field (servicenow-rest §5.4). */
class DictionaryTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void fieldStandsUnderTheTableThatBringsIt() throws Exception {
        assertThat(caller.query("sys_dictionary", "element=assignment_group").column("name"))
                .containsExactly("task");
        // a change has states of its own
        assertThat(caller.query("sys_dictionary", "element=state^nameINtask,change_request")
                        .column("name"))
                .containsExactly("task", "change_request");
    }

    @Test
    void referenceNamesItsTable() throws Exception {
        Response found = caller.query("sys_dictionary", "name=task^element=assignment_group");

        assertThat(found.column("internal_type")).containsExactly("reference");
        assertThat(found.column("reference")).containsExactly("sys_user_group");
    }

    @Test
    void tableKnowsWhatItExtends() throws Exception {
        assertThat(caller.query("sys_db_object", "name=incident", "sysparm_fields=super_class.name")
                        .column("super_class.name"))
                .containsExactly("task");
    }

    @Test
    void inheritedChoicesStandUnderTheParent() throws Exception {
        assertThat(caller.query("sys_choice", "nameINincident,task^element=impact")
                        .column("name"))
                .containsOnly("task");
        assertThat(caller.query("sys_choice", "name=incident^element=state").column("label"))
                .contains("On Hold");
    }

    @Test
    void tablesAboutTablesCanBeHidden() throws Exception {
        SIMULATOR.switches().unreadable("sys_dictionary").unreadable("sys_choice");

        assertThat(caller.get("/api/now/table/sys_dictionary").result()).isEmpty();
        assertThat(caller.get("/api/now/table/sys_choice").result()).isEmpty();
    }
}
