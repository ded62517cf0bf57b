package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same text of {@code onceFor} for tickets of two types. */
class OnceForTypeTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private static final Identity RELEASE = Attempts.onceFor("release-42");

    private static final String REFUSED =
            "onceFor stands for a ticket of type incident already; give another text for one of type change_request.";

    private final Attempts attempts = new Attempts(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void sameBuildIsToldBeforeAnyCall() throws Exception {
        attempts.first(RELEASE);
        long before = SIMULATOR.requestCount();
        attempts.of("change_request", Map.of());

        assertRefused(() -> attempts.again(attempts.onDisk()));

        assertThat(SIMULATOR.requestCount()).isEqualTo(before);
    }

    @Test
    void sameBuildIsToldWhileTheFirstOneIsInDoubt() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);
        attempts.life(CreateState.first(RELEASE)).advance();
        long before = SIMULATOR.requestCount();
        attempts.of("change_request", Map.of());

        assertRefused(() -> attempts.again(attempts.onDisk()));

        assertThat(SIMULATOR.requestCount()).isEqualTo(before);
    }

    @Test
    void anotherBuildIsToldWhereKeysAreRefusedTwice() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
        attempts.first(RELEASE);
        attempts.of("change_request", Map.of());

        assertRefused(() -> attempts.first(RELEASE));

        assertThat(attempts.onDisk().isOpen()).isFalse();
        assertThat(SIMULATOR.tables().rows("change_request")).isEmpty();
    }

    @Test
    void anotherBuildWhoseAccountMayNotReadAllTasksIsToldOfTheDoubt() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
        attempts.first(RELEASE);
        attempts.of("change_request", Map.of());
        SIMULATOR.faults().always(Match.table("GET", "task"), Fault.FORBIDDEN);

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attempts.first(RELEASE));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence()).contains("exists already", "of another type");
    }

    private static void assertRefused(ThrowingCallable attempt) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, attempt);
        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).isEqualTo(REFUSED);
    }
}
