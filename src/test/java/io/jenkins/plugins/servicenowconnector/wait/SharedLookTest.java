package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at changes whose approvers may not be read: by a real instance, without Jenkins. */
class SharedLookTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String NUMBER = "CHG0040001";

    private AbsentBuild build;
    private Reading reading;
    private Optional<WaitEnd> end;

    /** Takes what a look gives, instead of all that waits otherwise. */
    private final Waits waits = new Waits() {

        @Override
        void settle(Waiter waiter, Reading seen, boolean approverRejected, Instant asked) {
            reading = seen;
            end = waiter.approval().take(seen, approverRejected, asked);
        }

        @Override
        void done(Collection<Waiter> looked) {
            // nobody is looked at by itself here
        }
    };

    @BeforeEach
    void seenInAssess() throws Exception {
        SERVICENOW.reset();
        Gates.open(SERVICENOW, NUMBER);
        build = new AbsentBuild(NUMBER, Instant::now, () -> {});
        look();
        SERVICENOW.faults().always(Match.table("GET", "sysapproval_approver"), Fault.FORBIDDEN);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void rejectedChangeIsRejectedWhetherItsApproversMayBeReadOrNot() throws Exception {
        Gates.row(SERVICENOW, NUMBER).set("state", "-5").set("approval", "rejected");

        look();

        assertThat(end).hasValueSatisfying(each -> assertThat(each.outcome()).isEqualTo(Outcome.REJECTED));
        assertThat(questions()).isEmpty();
    }

    @Test
    void changeThatWasTakenBackIsWaitedForThoughItsApproversMayNotBeRead() throws Exception {
        Gates.row(SERVICENOW, NUMBER).set("state", "-5").set("approval", "not requested");

        look();
        look();

        assertThat(questions()).hasSize(2);
        assertThat(end).isEmpty();
        assertThat(reading.failure()).as("what fails for good ends a wait").isNull();
        assertThat(build.log)
                .filteredOn(line -> line.startsWith("Whether an approver has rejected it cannot be read"))
                .hasSize(1);
        assertThat(build.log).contains(NUMBER + " was sent back to New, waiting for it to be submitted again");
    }

    @Test
    void whoMayNotApproveThemselvesGetNoGateThatOpensOnAGuess() throws Exception {
        build.approval().notApprovedBy(List.of("starter"));
        Gates.approve(SERVICENOW, NUMBER);

        look();

        assertThat(end).isEmpty();
        assertThat(reading.failure().kind()).isEqualTo(Kind.FORBIDDEN);
    }

    private void look() throws Exception {
        Set<Waiter> open = new LinkedHashSet<>(Set.of(build));
        SharedLook look = new SharedLook(waits, SimulatedInstance.of(SERVICENOW), "change_request", open);
        if (look.at(List.of(build))) {
            look.askApprovers();
        }
    }

    private static List<Exchange> questions() {
        return SERVICENOW.requests().stream()
                .filter(each -> each.path().endsWith("/sysapproval_approver"))
                .toList();
    }
}
