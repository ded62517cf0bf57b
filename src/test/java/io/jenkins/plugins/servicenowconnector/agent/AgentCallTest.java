package io.jenkins.plugins.servicenowconnector.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a node sends, and what it does not send any more. */
class AgentCallTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private final PendingCall pending = new PendingCall();

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    private static Request request(Method method) {
        return new Request(
                method,
                URI.create(SERVICENOW.url() + "/api/now/table/incident"),
                Map.of("Content-Type", "application/json"),
                null,
                (method.isRead() ? "" : "{}").getBytes(StandardCharsets.UTF_8),
                Limits.DEFAULT);
    }

    @Test
    void writeIsSentOnceAndOnlyWhileSomebodyWaits() throws Exception {
        SERVICENOW.reset();
        AgentCall write = new AgentCall(request(Method.POST), pending);

        write.call();
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
        assertThat(pending.end()).as("may have been sent").isTrue();

        ServiceNowException late = catchThrowableOfType(ServiceNowException.class, write::call);
        assertThat(late.sentence()).isEqualTo("The call was not sent: nobody waits for it any more.");
        assertThat(late.mayHaveArrived()).isFalse();
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
    }

    @Test
    void writeThatNobodyAskedForInTimeIsNeverSentAndThatIsKnown() {
        SERVICENOW.reset();
        assertThat(pending.end()).as("may have been sent").isFalse();

        assertThat(catchThrowableOfType(
                        ServiceNowException.class, () -> new AgentCall(request(Method.POST), pending).call()))
                .isNotNull();
        GoAhead unreachable = () -> {
            throw new IllegalStateException("the channel is closed");
        };
        assertThat(catchThrowableOfType(
                        ServiceNowException.class, () -> new AgentCall(request(Method.POST), unreachable).call()))
                .isNotNull();
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void readAsksNobody() throws Exception {
        SERVICENOW.reset();
        GoAhead unreachable = () -> {
            throw new IllegalStateException("the channel is closed");
        };

        new AgentCall(request(Method.GET), unreachable).call();

        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
    }
}
