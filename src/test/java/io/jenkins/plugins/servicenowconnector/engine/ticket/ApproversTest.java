package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.RejectionTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApproversTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Instance instance = SimulatedInstance.of(SIMULATOR);
    private final Approvers approvers = new Approvers(instance);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Ticket submitted() throws Exception {
        NewTicket order = NewTicket.of("change_request", "Deploy", null, null, Map.of("assignment_group", "Network"));
        Ticket created = SingleSend.create(instance, order, "jenkins-1").ticket();
        return new Submission(instance).requestApproval(created);
    }

    private static Instant secondsFromNow(int seconds) {
        return SIMULATOR.clock().now().plusSeconds(seconds);
    }

    @Test
    void rejectionSinceAMomentIsSeen() throws Exception {
        Ticket change = submitted();
        SIMULATOR.switches().rejectionTrace(RejectionTrace.NOT_REQUESTED);
        SIMULATOR.desk().reject(change.number(), "not today");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isTrue();
        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(5))).isFalse();
    }

    @Test
    void momentIsOfTheInstancesClock() throws Exception {
        SIMULATOR.clock().offset(Duration.ofDays(-400));
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "not today");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isTrue();
    }

    @Test
    void takingAChangeBackIsNoRejection() throws Exception {
        Ticket change = submitted();
        SIMULATOR.settle();
        SIMULATOR.desk().revertToNew(change.number());

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void rejectionOfAnotherChangeDoesNotCount() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(submitted().number(), "not today");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void approverRowsThatMayNotBeReadShowNoRejection() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "not today");
        SIMULATOR.switches().unreadable("sysapproval_approver");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }
}
