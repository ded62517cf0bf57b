package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyBytesTest {

    private static final int MOST = 10_485_760;

    private final CannedInstance instance = CannedInstance.json(201, "{\"result\":{\"number\":\"INC0010001\"}}");

    private static Map<String, String> body(int bytes) {
        int around = "{\"description\":\"\"}".length();
        return Map.of("description", "x".repeat(bytes - around));
    }

    @Test
    void bodyOfTenMebibytesIsSent() throws Exception {
        instance.tables().create("incident", body(MOST), List.of("number"));

        assertThat(instance.requests)
                .singleElement()
                .satisfies(sent -> assertThat(sent.body()).hasSize(MOST));
    }

    @Test
    void bodyThatServiceNowWouldNotReadIsRefusedBeforeAnyCall() {
        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class,
                () -> instance.tables().create("incident", body(MOST + 1), List.of("number")));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error)
                .hasMessage("description is too long: with it the request has 10,485,761 bytes, and ServiceNow takes no"
                        + " more than 10,485,760 in one request; shorten it, or attach it as a file.");
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(instance.requests).isEmpty();
    }

    @Test
    void longestFieldIsNamed() {
        Map<String, String> fields =
                Map.of("short_description", "x", "work_notes", "y".repeat(MOST), "description", "z".repeat(100));

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class,
                () -> instance.tables().update("incident", "0".repeat(32), fields, List.of("number")));

        assertThat(error).hasMessageStartingWith("work_notes is too long");
    }
}
