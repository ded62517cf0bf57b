package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow.State;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why a connection does not work at all, each cause told apart. */
class ConnectionFailureTest {

    private static final Simulator SIMULATOR = Simulator.start();

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static ConnectionReport check(Transport transport) throws InterruptedException {
        CheckScope scope = new CheckScope(List.of("change_request", "incident"), Set.of(), "");
        return new ConnectionCheck(SimulatedInstance.over(transport, SIMULATOR), InstantSource.system()).run(scope);
    }

    private static void assertFailure(Kind kind, String sentence, int requests) throws InterruptedException {
        ConnectionReport report = check(HttpTransport.shared());

        assertThat(report.worst()).isEqualTo(State.ERROR);
        assertThat(report.failure().kind()).isEqualTo(kind);
        assertThat(report.rows().get(0).sentence()).contains(sentence);
        assertThat(SIMULATOR.requestCount()).isEqualTo(requests);
    }

    @Test
    void wrongPasswordIsTriedOnceOnly() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, "another", Role.ITIL);

        assertFailure(Kind.UNAUTHENTICATED, "wrong user name or password", 1);
    }

    @Test
    void secondFactorIsToldApart() throws Exception {
        SIMULATOR.faults().always(Fault.MFA_DEMANDED);

        assertFailure(Kind.UNAUTHENTICATED, "wants a second factor", 1);
    }

    @Test
    void sleepingInstanceIsToldApart() throws Exception {
        SIMULATOR.faults().always(Fault.HIBERNATING);

        assertFailure(Kind.ASLEEP, "hibernates", 1);
    }

    @Test
    void loginPageIsToldApart() throws Exception {
        SIMULATOR.faults().always(Fault.LOGIN_PAGE);

        assertFailure(Kind.PROTOCOL, "shows its login page", 1);
    }

    @Test
    void connectionThatBreaksInBetweenEndsTheCheck() throws Exception {
        SIMULATOR.faults().always(Match.table("GET", "change_request"), Fault.CUT);
        ConnectionReport report = check(HttpTransport.shared());

        assertThat(report.failure().kind()).isEqualTo(Kind.NETWORK);
        assertThat(report.account()).isNotNull();
        assertThat(report.rows()).extracting(CheckRow::what).doesNotContain("incident");
    }

    @Test
    void missingAgentIsToldApart() throws Exception {
        Transport nobody = request -> {
            throw ServiceNowException.noAnswer(Kind.NO_AGENT, "No node with the label linux is online.", false, null);
        };
        ConnectionReport report = check(nobody);

        assertThat(report.failure().kind()).isEqualTo(Kind.NO_AGENT);
        assertThat(report.rows()).singleElement().satisfies(row -> {
            assertThat(row.sentence()).startsWith("No node with the label linux is online.");
        });
        assertThat(report.clockAhead()).isNull();
    }
}
