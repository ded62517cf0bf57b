package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tickets a person may name for a build. */
class WantedTicketTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private Row change;

    @BeforeEach
    void prepare() {
        SERVICENOW.reset();
        change = SERVICENOW
                .tables()
                .seed(
                        "change_request",
                        Map.of(
                                "number",
                                "CHG0030001",
                                "short_description",
                                "Payments 4.2",
                                "risk",
                                "3",
                                "state",
                                "-1"));
        SERVICENOW.tables().seed("change_request", Map.of("number", "CHG0030002", "state", "3", "active", "false"));
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void openTicketIsFoundByNumberOrKeyWithOneRequest() throws Exception {
        long before = SERVICENOW.requestCount();

        assertThat(find(null, null, null, "chg0030001").sysId()).isEqualTo(change.sysId());

        assertThat(SERVICENOW.requestCount()).isEqualTo(before + 1);
        Ticket byKey = find(
                "change_request", null, "risk = 3\nstate = -1", change.sysId().toUpperCase());
        assertThat(byKey.number()).isEqualTo("CHG0030001");
    }

    @Test
    void otherTicketsAreRefusedWithASentenceThatDoesNotTellWhatTheyHold() {
        assertThat(refused(null, null, null, "CHG0030002"))
                .isEqualTo("CHG0030002 is closed (state Closed); name an open one.");
        assertThat(refused("incident", null, null, "CHG0030001"))
                .startsWith("There is no ticket CHG0030001 in incident that the account may see");
        assertThat(refused(null, null, "risk = 4", "CHG0030001"))
                .isEqualTo("CHG0030001 is not one that may be named here: it must have risk = 4.");
        assertThat(refused(null, "risk=4", null, "CHG0030001"))
                .isEqualTo("CHG0030001 is not among the tickets that may be named here: risk=4.");
    }

    @Test
    void everyGroupOfAFilterIsAskedForThisTicketAlone() throws Exception {
        SERVICENOW.tables().seed("change_request", Map.of("number", "CHG0030003", "risk", "4"));

        assertThat(refused(null, "risk=2^ORrisk=4^NQrisk=4", null, "CHG0030001"))
                .contains("is not among");

        assertThat(find(null, "risk=4^NQrisk=2^ORrisk=3", null, "CHG0030001")).isNotNull();
    }

    @Test
    void filterThatTheTableDoesNotUnderstandLetsNothingThrough() {
        assertThat(refused(null, "no_such_field=1", null, "CHG0030001")).contains("no_such_field");
        assertThat(refused(null, null, "no_such_field = 1", "CHG0030001")).contains("no_such_field");
    }

    @Test
    void nothingThatIsNoNumberReachesTheInstance() {
        long before = SERVICENOW.requestCount();

        for (String text :
                new String[] {"CHG1^ORnumberISNOTEMPTY", "CHG1,CHG2", "javascript:x", "CHG 1", "", "^NQactive=true"}) {
            assertThat(refused(null, null, null, text)).startsWith("TICKET ");
        }
        assertThat(refused(null, "javascript:gs.log()", null, "CHG1")).startsWith("filter ");
        assertThat(refused("x^y", null, null, "CHG1")).startsWith("ticketType ");
        assertThat(refused(null, null, "nonsense", "CHG1")).startsWith("mustMatch line 1 ");
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);
    }

    @Test
    void failureOfTheCallIsNoRefusal() {
        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.MAINTENANCE);

        assertThat(failure(null, null, null, "CHG0030001").isPassing()).isTrue();
        SERVICENOW.reset();
        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.FORBIDDEN);
        assertThat(failure(null, null, null, "CHG0030001").kind()).isEqualTo(Kind.FORBIDDEN);
    }

    private static Ticket find(String type, String filter, String mustMatch, String text) throws Exception {
        return WantedTicket.of(type, filter, mustMatch)
                .find(SimulatedInstance.of(SERVICENOW), WantedTicket.key("TICKET", text));
    }

    private static ServiceNowException failure(String type, String filter, String mustMatch, String text) {
        return catchThrowableOfType(ServiceNowException.class, () -> find(type, filter, mustMatch, text));
    }

    private static String refused(String type, String filter, String mustMatch, String text) {
        return failure(type, filter, mustMatch, text).sentence();
    }
}
