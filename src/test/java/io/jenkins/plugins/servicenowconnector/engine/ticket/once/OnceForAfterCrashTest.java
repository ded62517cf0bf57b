package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.How;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another build wants a ticket while that of a build may still arrive with which Jenkins was killed. */
class OnceForAfterCrashTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private static final Identity RELEASE = Attempts.onceFor("release-42");

    private final Attempts attempts = new Attempts(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void ticketThatArrivesAfterTheCrashIsTaken() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        attempts.life(CreateState.first(RELEASE)).advance();

        Done other = attempts.restart().after(2, SIMULATOR::commitLate).finish(otherBuild());

        assertThat(other.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(attempts.log)
                .singleElement()
                .asString()
                .startsWith("Jenkins has only just started, and what a build has sent before for the same onceFor may"
                        + " still arrive; looking for it until ");
        assertThat(SIMULATOR.tables().rows("incident")).hasSize(1);
    }

    @Test
    void nextTicketAfterOneThatEndedIsWaitedForToo() throws Exception {
        Done ended = attempts.first(RELEASE);
        SIMULATOR.desk().task(ended.created().ticket().number()).set("active", "false");
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        CreateOnce killed = attempts.life(CreateState.first(RELEASE));
        killed.advance();
        killed.advance();
        assertThat(attempts.onDisk().isOpen()).isTrue();

        Done other = attempts.restart().after(2, SIMULATOR::commitLate).finish(otherBuild());

        assertThat(other.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(other.number()).isEqualTo(2);
        assertThat(SIMULATOR.tables().rows("incident")).hasSize(2);
    }

    @Test
    void itIsSentAsSoonAsNothingCanArriveAnyMore() throws Exception {
        Instant began = attempts.clock.instant();

        assertThat(attempts.finish(otherBuild()).how()).isEqualTo(How.CREATED);

        assertThat(Duration.between(began, attempts.clock.instant())).isEqualTo(Duration.ofSeconds(160));
    }

    @Test
    void ticketThatIsThereIsTakenAtOnceAndWhatIsOnceForAStepIsNotHeldUp() throws Exception {
        attempts.first(RELEASE);
        Instant began = attempts.clock.instant();

        assertThat(attempts.restart().finish(otherBuild()).how()).isEqualTo(How.TAKEN_AGAIN);
        CreateOnce ofStep = attempts.life(CreateState.first(attempts.step(0))).inLifeSince(began);
        assertThat(attempts.finish(ofStep).how()).isEqualTo(How.CREATED);

        assertThat(attempts.clock.instant()).isEqualTo(began);
    }

    private CreateOnce otherBuild() throws Exception {
        return attempts.life(CreateState.first(RELEASE)).inLifeSince(attempts.clock.instant());
    }
}
