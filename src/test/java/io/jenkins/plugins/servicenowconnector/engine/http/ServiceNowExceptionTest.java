package io.jenkins.plugins.servicenowconnector.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import org.junit.jupiter.api.Test;

class ServiceNowExceptionTest {

    @Test
    void messageIsTheSentenceThenTheFacts() {
        Facts facts =
                new Facts("incident", "POST", 403, "Operation Failed", "ACL\n Exception", "79aee3f52fa2", "linux-1");

        ServiceNowException error = new ServiceNowException(Kind.FORBIDDEN, "Not allowed.", facts);

        assertThat(error)
                .hasMessage(
                        "Not allowed. (table incident; method POST; HTTP status 403; ServiceNow says: Operation Failed"
                                + " / ACL Exception; transaction 79aee3f52fa2; agent linux-1)");
        assertThat(error.sentence()).isEqualTo("Not allowed.");
    }

    @Test
    void badInputNamesItsParameterAndHasNoFacts() {
        ServiceNowException error = ServiceNowException.badInput("ticketNumber", "must not be blank.");

        assertThat(error).hasMessage("ticketNumber must not be blank.");
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.isPassing()).isFalse();
    }

    @Test
    void authHeaderNeverPrintsItsValue() {
        AuthHeader header = new AuthHeader("Authorization", "Basic c2VjcmV0");

        assertThat(header.toString()).doesNotContain("c2VjcmV0");
    }
}
