package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.InvalidQuery;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoded queries over HTTP, after servicenow-rest §1.5. */
class EncodedQueryTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void rows() {
        SIMULATOR.reset();
        SIMULATOR
                .tables()
                .declare(Schema.table("u_fruit")
                        .display("u_name")
                        .with(Column.string("u_name", 40), Column.integer("u_price"), Column.dateTime("u_picked"))
                        .with(Column.reference("u_buyer", "sys_user")));
        fruit("Apple", "10", "2026-05-11 09:00:00");
        fruit("Banana", "9", "2026-05-12 09:00:00");
        fruit("Cherry ^ Plum", "100", "");
        fruit("", "", "");
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static void fruit(String name, String price, String picked) {
        SIMULATOR.tables().seed("u_fruit", Map.of("u_name", name, "u_price", price, "u_picked", picked));
    }

    private List<String> names(String query) throws Exception {
        return caller.query("u_fruit", query).column("u_name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "u_name=Apple; Apple",
                "u_name=apple; Apple",
                "u_name!=Apple^u_nameISNOTEMPTY; Banana,Cherry ^ Plum",
                "u_price>9; Apple,Cherry ^ Plum",
                "u_price<=10^u_priceISNOTEMPTY; Apple,Banana",
                "u_priceBETWEEN9@10; Apple,Banana",
                "u_priceIN10,100; Apple,Cherry ^ Plum",
                "u_priceNOT IN10,100^u_nameISNOTEMPTY; Banana",
                "u_nameSTARTSWITHBan; Banana",
                "u_nameENDSWITHplum; Cherry ^ Plum",
                "u_nameLIKEan; Banana",
                "u_nameNOT LIKEan^u_nameISNOTEMPTY; Apple,Cherry ^ Plum",
                "u_picked>=2026-05-12; Banana",
                "u_picked<2026-05-12; Apple",
                "u_name=Apple^ORu_name=Banana; Apple,Banana",
                "u_price=9^u_name=Apple^ORu_name=Banana; Banana",
                "u_price=10^u_name=Apple^NQu_name=Banana; Apple,Banana",
                "u_nameISNOTEMPTY^ORDERBYDESCu_price^EQ; Cherry ^ Plum,Apple,Banana",
                "u_nameISNOTEMPTY^ORDERBYu_price; Banana,Apple,Cherry ^ Plum",
            })
    void operatorsSelectAndOrder(String query, String expected) throws Exception {
        assertThat(names(query)).containsExactly(expected.split(","));
    }

    @Test
    void emptinessIsItsOwnOperator() throws Exception {
        assertThat(names("u_nameISEMPTY")).containsExactly("");
        assertThat(names("u_nameANYTHING")).hasSize(4);
    }

    // servicenow-rest §13 no. 2 [?]: whether REST honours ^^
    @Test
    void doubledCaretStandsForOneOrNot_unproven() throws Exception {
        assertThat(names("u_name=Cherry ^^ Plum")).containsExactly("Cherry ^ Plum");

        SIMULATOR.switches().on(Switch.CARET_NOT_ESCAPED);
        assertThat(names("u_name=Cherry ^^ Plum")).isEmpty();
    }

    @Test
    void unknownFieldIsDroppedAndTheRestMatches() throws Exception {
        assertThat(names("u_no_such=1")).hasSize(4);
        assertThat(names("u_no_such=1^u_name=Apple")).containsExactly("Apple");
    }

    @Test
    void unknownFieldGivesNoRowsOrIsRefusedBySwitch() throws Exception {
        SIMULATOR.switches().invalidQuery(InvalidQuery.NO_ROWS);
        assertThat(names("u_no_such=1")).isEmpty();

        SIMULATOR.switches().invalidQuery(InvalidQuery.REFUSED);
        Response refused = caller.query("u_fruit", "u_no_such=1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("Insufficient rights to query records");
    }

    @Test
    void unreadableFieldInAQueryIsRefusedBySwitch() throws Exception {
        SIMULATOR.switches().invalidQuery(InvalidQuery.REFUSED).unreadable("u_fruit.u_price");

        assertThat(caller.query("u_fruit", "u_price=9").status()).isEqualTo(403);
        assertThat(caller.query("u_fruit", "u_name=Apple").status()).isEqualTo(200);
    }

    @Test
    void pathWalksOverReferences() throws Exception {
        caller.post("change_request", "{\"assignment_group\":\"Network\"}");
        caller.post("change_request", "{}");

        assertThat(caller.query("change_request", "assignment_group.name=Network")
                        .column("number"))
                .containsExactly("CHG0030001");
        assertThat(caller.query("change_request", "assignment_group=network").column("number"))
                .containsExactly("CHG0030001");
        assertThat(caller.query("change_request", "assignment_groupISEMPTY").column("number"))
                .containsExactly("CHG0030002");
    }

    @Test
    void sysIdsAreFoundInOneList() throws Exception {
        List<String> ids = caller.query("u_fruit", "u_nameISNOTEMPTY").column("sys_id");

        assertThat(caller.query("u_fruit", "sys_idIN" + String.join(",", ids.subList(0, 2)) + ",nonsense")
                        .column("u_name"))
                .containsExactly("Apple", "Banana");
    }

    @Test
    void scriptNamesTheCaller() throws Exception {
        Response own = caller.query("sys_user", "user_name=javascript:gs.getUserName()");

        assertThat(own.column("user_name")).containsExactly("jenkins");
        String sysId = own.column("sys_id").get(0);
        assertThat(caller.query("sys_user", "sys_id=javascript:gs.getUserID()").column("sys_id"))
                .containsExactly(sysId);
    }

    // servicenow-rest §13 no. 1 [?]: in which zone a literal is read
    @Test
    void dateLiteralIsUtcOrTheUsersZone_unproven() throws Exception {
        SIMULATOR.accounts().row("jenkins").orElseThrow().set("time_zone", "Asia/Tokyo");

        assertThat(names("u_picked=2026-05-11 09:00:00")).containsExactly("Apple");
        assertThat(names("u_picked=javascript:gs.dateGenerate('2026-05-11','18:00:00')"))
                .containsExactly("Apple");

        SIMULATOR.switches().on(Switch.DATE_LITERALS_IN_USER_ZONE);
        assertThat(names("u_picked=2026-05-11 18:00:00")).containsExactly("Apple");
    }

    @Test
    void pairsTakeLabelsToo() throws Exception {
        caller.post("change_request", "{\"type\":\"emergency\"}");
        caller.post("change_request", "{}");

        assertThat(caller.get("/api/now/table/change_request?type=Emergency").column("number"))
                .containsExactly("CHG0030001");
        assertThat(caller.get("/api/now/table/change_request?state=New").column("number"))
                .hasSize(2);
    }
}
