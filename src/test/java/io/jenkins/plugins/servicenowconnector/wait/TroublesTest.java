package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which failed looks end a wait, and what its log says of them. */
class TroublesTest extends OneWait {

    @Test
    @DisplayName(
            "Failures while polling: passing (network, 429, 5xx, HTML, no agent): never end the wait before its deadline")
    void passingFailuresNeverEndTheWaitBeforeItsDeadline() {
        List<Kind> passing =
                List.of(Kind.NETWORK, Kind.RATE_LIMITED, Kind.TIMEOUT, Kind.PROTOCOL, Kind.NO_AGENT, Kind.ASLEEP);
        for (int hour = 0; hour < 23; hour++) {
            assertThat(fail(passing.get(hour % passing.size()))).isEmpty();
            after(Duration.ofHours(1));
        }

        assertThat(log).filteredOn(line -> line.startsWith("Cannot look now")).hasSize(1);
        assertThat(look(change("-2", "approved"))).isPresent();
        assertThat(log).contains("ServiceNow answers again.");
    }

    @Test
    @DisplayName("Failures while polling: lasting: end it after at least 3 looks and 5 min")
    void lastingFailureEndsTheWaitAfterThreeLooksAndFiveMinutes() {
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        after(Duration.ofMinutes(6));
        assertThat(fail(Kind.FORBIDDEN)).as("two looks").isEmpty();
        after(Duration.ofMinutes(1));

        assertThat(fail(Kind.FORBIDDEN))
                .hasValueSatisfying(end -> assertThat(end.failure()).isNotNull());
    }

    @Test
    void threeLooksInLessThanFiveMinutesAreNotEnough() {
        for (int look = 0; look < 4; look++) {
            assertThat(fail(Kind.FORBIDDEN)).isEmpty();
            after(Duration.ofMinutes(1));
        }
    }

    @Test
    void clockThatIsSetBackNeitherEndsTheWaitSoonerNorMuchLater() {
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        after(Duration.ofHours(-2));
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        assertThat(fail(Kind.FORBIDDEN)).as("three looks, no time").isEmpty();
        after(Duration.ofMinutes(5));

        assertThat(fail(Kind.FORBIDDEN)).isPresent();
    }

    @Test
    void twoTicketsOfANumberMayBecomeOneAndEndTheWaitOtherwise() {
        assertThat(fail(Kind.AMBIGUOUS)).isEmpty();
        assertThat(look(change("-4", "requested"))).isEmpty();
        for (int minute = 0; minute < 5; minute++) {
            assertThat(fail(Kind.AMBIGUOUS)).isEmpty();
            after(Duration.ofMinutes(1));
        }

        assertThat(fail(Kind.AMBIGUOUS)).isPresent();
    }

    @Test
    void rateLimitWithoutATimeNeverEndsTheWait() {
        for (int hour = 0; hour < 23; hour++) {
            assertThat(fail(Kind.RATE_LIMITED)).isEmpty();
            after(Duration.ofHours(1));
        }
    }

    @Test
    @DisplayName("Failures while polling: a ticket seen before and now not found: 30 min")
    void aTicketThatWasSeenMayBeOutOfSightForThirtyMinutes() {
        look(change("-4", "requested"));
        fail(Kind.NOT_FOUND);
        for (int minute = 1; minute < 30; minute++) {
            after(Duration.ofMinutes(1));
            assertThat(fail(Kind.NOT_FOUND)).isEmpty();
        }
        after(Duration.ofMinutes(1));

        assertThat(fail(Kind.NOT_FOUND)).isPresent();
    }

    @Test
    @DisplayName("Failures while polling: 401: at the first look the step fails; later the wait stays")
    void refusedAccountEndsTheWaitAtTheFirstLookOnly() {
        assertThat(fail(Kind.UNAUTHENTICATED)).isPresent();

        look(change("-4", "requested"));
        assertThat(fail(Kind.UNAUTHENTICATED)).isEmpty();
    }

    @Test
    @DisplayName("\"waiting for an agent\" is logged only after 60 s")
    void agentsThatComeBackAfterARestartAreNoNews() throws Exception {
        restart();
        wake();
        fail(Kind.NO_AGENT);
        after(Duration.ofSeconds(59));
        wait.remind(now);
        assertThat(log).as("not even where the ticket was never seen").isEmpty();
        after(Duration.ofSeconds(1));

        wait.remind(now);
        wait.remind(now);
        fail(Kind.NO_AGENT);

        assertThat(log).singleElement().asString().startsWith("Waiting for an agent");
    }

    @Test
    void agentThatIsBackInTimeIsNeverMissed() throws Exception {
        look(change("-4", "requested"));
        restart();
        wake();
        log.clear();
        fail(Kind.NO_AGENT);
        look(change("-4", "requested"));
        after(Duration.ofMinutes(2));
        wait.remind(now);

        assertThat(log).noneMatch(line -> line.contains("agent") || line.contains("again"));
    }

    @Test
    void agentThatIsMissingWithoutARestartIsNewsAtOnce() {
        look(change("-4", "requested"));
        fail(Kind.NO_AGENT);

        assertThat(log).last().asString().startsWith("Waiting for an agent");
    }

    @Test
    void connectorThatIsNotRightAtTheStartEndsTheWaitAtOnce() {
        assertThat(fail(Kind.BAD_INPUT)).isPresent();
    }

    @Test
    @DisplayName("a connector or credential that is not there during a wait ends it after 3 looks and 5 min")
    void connectorThatIsPutRightInTimeHarmsNobody() {
        look(change("-4", "requested"));
        for (int minute = 0; minute < 5; minute++) {
            assertThat(fail(Kind.BAD_INPUT)).isEmpty();
            after(Duration.ofMinutes(1));
        }
        assertThat(look(change("-4", "requested"))).isEmpty();
        assertThat(log).contains("ServiceNow answers again.");

        assertThat(fail(Kind.BAD_INPUT)).isEmpty();
        after(Duration.ofMinutes(5));
        assertThat(fail(Kind.BAD_INPUT)).as("two looks").isEmpty();
        assertThat(fail(Kind.BAD_INPUT)).isPresent();
    }

    @Test
    void connectorThatIsNotThereYetAfterARestartHarmsNobody() throws Exception {
        restart();
        wait.wake(words(), now);
        assertThat(wait.status()).isEqualTo("not looked at yet");
        assertThat(fail(Kind.BAD_INPUT)).as("though the ticket was never seen").isEmpty();

        wait.follow(new FoundConnector(new Connector("Test", "https://localhost", null), null));

        assertThat(look(change("-2", "approved"))).isPresent();
    }

    @Test
    @DisplayName("Failures while polling: field missing in the answer: 5 min, though the ticket was seen")
    void ticketThatIsThereButLacksAFieldIsNotMissedForThirtyMinutes() {
        look(change("-4", "requested"));
        Ticket lacking = new Ticket("change_request", SYS_ID, "CHG0030001", Map.of("state", new FieldValue("1", "1")));
        for (int minute = 0; minute < 5; minute++) {
            assertThat(look(lacking)).isEmpty();
            after(Duration.ofMinutes(1));
        }

        assertThat(look(lacking).orElseThrow().failure().kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    @DisplayName("Failures while polling: unknown table: 5 min, though the ticket was seen")
    void tableThatIsGoneIsNotMissedForThirtyMinutes() {
        look(change("-4", "requested"));
        Facts unknownTable = new Facts("change_request", "GET", 400, "Invalid table change_request", "", "", "");
        for (int minute = 0; minute < 5; minute++) {
            assertThat(fail(Kind.NOT_FOUND, unknownTable)).isEmpty();
            after(Duration.ofMinutes(1));
        }

        assertThat(fail(Kind.NOT_FOUND, unknownTable)).isPresent();
    }

    @Test
    void certificateThatRunsOutDuringAWaitEndsNoWait() {
        look(change("-4", "requested"));
        for (int hour = 0; hour < 23; hour++) {
            assertThat(fail(Kind.TLS)).isEmpty();
            after(Duration.ofHours(1));
        }

        assertThat(look(change("-2", "approved"))).isPresent();
    }

    @Test
    void certificateThatWasNeverTrustedEndsTheWaitAfterThreeLooksAndFiveMinutes() {
        for (int minute = 0; minute < 5; minute++) {
            assertThat(fail(Kind.TLS)).isEmpty();
            after(Duration.ofMinutes(1));
        }

        assertThat(fail(Kind.TLS)).isPresent();
        assertThat(log).first().asString().startsWith("Cannot look now, trying on: ");
    }
}
