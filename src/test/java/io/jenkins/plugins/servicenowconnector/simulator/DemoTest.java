package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemoTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final Map<String, String> ENVIRONMENT = Map.of("SN_PASSWORD", Simulator.PASSWORD, "EMPTY", "");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private int run(String... arguments) throws InterruptedException {
        return run(Duration.ofMillis(50), List.of(arguments));
    }

    private int run(Duration pace, List<String> arguments) throws InterruptedException {
        PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complaints = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Demo.run(arguments, ENVIRONMENT, pace, lines, complaints);
    }

    private int runAtInstance(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--instance", SIMULATOR.url().toString(), "--user", Simulator.USER, "--password-env", "SN_PASSWORD"));
        arguments.addAll(List.of(more));
        return run(Duration.ZERO, arguments);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void approvedChangeEndsWith0() throws Exception {
        int exit = run("--retry-interval", "20ms");

        assertThat(exit).isZero();
        assertThat(told())
                .containsSubsequence(
                        "ServiceNow is a simulator on this machine: http://localhost:",
                        "Signed in as jenkins",
                        "change_request: row seen.",
                        "Created CHG",
                        "/nav_to.do?uri=change_request.do",
                        "Requested approval of CHG",
                        "now in state 'Assess'",
                        "approved when: ",
                        "Waiting at most 1m, looking every 20ms.",
                        "state 'Assess' (-4), approval '",
                        "waiting: ",
                        "approves for Network.",
                        "approves for CAB Approval.",
                        "approved: CHG");
        assertThat(told()).doesNotContain("did not take");
        assertThat(complaint()).isEmpty();
    }

    @Test
    void rejectedChangeEndsWith1() throws Exception {
        List<String> arguments =
                List.of("--retry-interval", "20ms", "--reject", "ticket.approval.value == \"requested\"");

        int exit = run(Duration.ofMinutes(1), arguments);

        assertThat(exit).isEqualTo(1);
        assertThat(told()).contains("rejected: CHG").contains("meets the rejection criteria");
    }

    @Test
    void changeThatIsNotApprovedInTimeEndsWith1() throws Exception {
        int exit = run("--retry-interval", "20ms", "--timeout", "150ms", "--approve", "ticket.state.value == \"9\"");

        assertThat(exit).isEqualTo(1);
        assertThat(told()).contains("expired: CHG").contains("was not approved in time");
    }

    @Test
    void ticketOfAnotherTypeIsDecidedByItsCriteria() throws Exception {
        int exit = run("--ticket-type", "incident", "--approve", "ticket.state.value == \"1\"");

        assertThat(exit).isZero();
        assertThat(told())
                .contains("Created INC")
                .doesNotContain("Requested approval")
                .contains("approved: INC");
    }

    @Test
    void givenInstanceIsUsedAndNothingIsSubmittedThere() throws Exception {
        int exit = runAtInstance("--retry-interval", "20ms", "--approve", "ticket.state.value == \"-5\"");

        assertThat(exit).isZero();
        assertThat(told())
                .contains("ServiceNow is " + SIMULATOR.url())
                .contains("change_request: no row seen (empty, or no right to read it).")
                .contains("approved: CHG");
        assertThat(SIMULATOR.requests()).extracting(Exchange::method).doesNotContain("PATCH");
        assertThat(told() + complaint()).doesNotContain(Simulator.PASSWORD);
    }

    @Test
    void instanceThatIsAwayFromTheStartEndsWith1AndSaysWhy() throws Exception {
        SIMULATOR.faults().always(Fault.MAINTENANCE);

        assertThat(runAtInstance()).isEqualTo(1);
        assertThat(complaint()).startsWith("The demo broke off: ").contains("in maintenance");
    }

    @Test
    void ticketThatVanishesEndsWith1AndSaysWhy() throws Exception {
        SIMULATOR.faults().always(call -> call.query().contains("sys_idIN"), Fault.NOT_FOUND);

        assertThat(runAtInstance()).isEqualTo(1);
        assertThat(complaint()).startsWith("The demo broke off: There is no such record");
    }

    @Test
    void instanceThatFallsAsleepWhileWaitingIsLookedAtAgain() throws Exception {
        SIMULATOR.faults().always(call -> call.query().contains("sys_idIN"), Fault.HIBERNATING);

        // the first look is long over then, and another one is the last
        int exit = runAtInstance("--retry-interval", "20ms", "--timeout", "3s");

        assertThat(exit).isEqualTo(1);
        assertThat(told())
                .containsOnlyOnce("Cannot look now, trying on: ")
                .contains("expired: no decision in time, and the last look failed: ");
    }

    @Test
    void wrongPasswordEndsWith1AndSaysWhy() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, "another");

        assertThat(runAtInstance()).isEqualTo(1);
        assertThat(complaint()).startsWith("The demo broke off: ").contains("does not accept the account");
    }

    static List<Arguments> badArguments() {
        String url = "https://dev1.service-now.com";
        return List.of(
                arguments(List.of("--verbose"), "--verbose is no option of this demo."),
                arguments(List.of("now"), "now is no option of this demo."),
                arguments(List.of("--timeout"), "--timeout needs a value."),
                arguments(List.of("--timeout", "--user", "x"), "--timeout needs a value."),
                arguments(List.of("--timeout", "1m", "--timeout", "2m"), "--timeout is given twice."),
                arguments(List.of("--timeout", "soon"), "--timeout is not a duration above zero"),
                arguments(List.of("--retry-interval", "10"), "--retry-interval is not a duration above zero"),
                arguments(List.of("--ticket-type", "a b"), "--ticket-type is 'a b', which is not a table's name"),
                arguments(List.of("--ticket-type", "incident"), "--approve is missing: incident has no default"),
                arguments(List.of("--approve", "ticket.state.value =="), "--approve expression"),
                arguments(List.of("--reject", "new('java.io.File')"), "--reject expression"),
                arguments(List.of("--approve", " "), "--approve is empty"),
                arguments(List.of("--user", "x"), "--user belongs to --instance, which is missing."),
                arguments(List.of("--password-env", "X"), "--password-env belongs to --instance, which is missing."),
                arguments(List.of("--instance", "dev1"), "--instance must begin with https://"),
                arguments(List.of("--instance", url), "--user is missing: name the account"),
                arguments(List.of("--instance", url, "--user", "x"), "--password-env is missing: name the environment"),
                arguments(
                        List.of("--instance", url, "--user", "x", "--password-env", "NO_SUCH"),
                        "--password-env names the environment variable NO_SUCH, which is not set."),
                arguments(
                        List.of("--instance", url, "--user", "x", "--password-env", "EMPTY"),
                        "--password-env names the environment variable EMPTY, which is not set."),
                arguments(
                        List.of("--instance", url, "--user", "a:b", "--password-env", "SN_PASSWORD"),
                        "--user must not be blank or hold a colon."));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void argumentThatIsNotUnderstoodGetsOneLineAnd2(List<String> arguments, String line) throws Exception {
        int exit = run(Duration.ZERO, arguments);

        assertThat(exit).isEqualTo(2);
        assertThat(complaint()).startsWith("bin/demo: " + line).hasLineCount(1);
        assertThat(told()).isEmpty();
    }
}
