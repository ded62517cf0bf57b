package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Failed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.WaitingForWindow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The default for a change request, state by state: what is expected is written by hand.
 *
 * <p>Every cell has three letters, for a look before, in, after the planned dates: {@code -} waits for approval, {@code w} waits for
 * the window, {@code A} approved, {@code R} rejected, {@code F} finished, {@code M} window missed. The tables hold for normal,
 * standard, emergency changes as well as for a shop's own model, since nothing but the named fields counts; state 7 exists
 * only there.
 */
class ChangeRequestTableTest {

    private static final List<String> TYPES = List.of("normal", "standard", "emergency", "own model");

    private static final String FREE = """
        state | not requested | requested | approved | rejected | cancelled | duplicate | not_required | blank
        -5    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -4    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -3    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -2    | ---           | ---       | wAM      | RRR      | ---       | ---       | ---          | ---
        -1    | ---           | ---       | wAM      | RRR      | ---       | ---       | ---          | ---
        0     | FFF           | FFF       | FFF      | RRR      | FFF       | FFF       | FFF          | FFF
        3     | FFF           | FFF       | FFF      | RRR      | FFF       | FFF       | FFF          | FFF
        4     | RRR           | RRR       | RRR      | RRR      | RRR       | RRR       | RRR          | RRR
        7     | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        """;

    private static final String HELD = """
        state | not requested | requested | approved | rejected | cancelled | duplicate | not_required | blank
        -5    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -4    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -3    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -2    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        -1    | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        0     | FFF           | FFF       | FFF      | RRR      | FFF       | FFF       | FFF          | FFF
        3     | FFF           | FFF       | FFF      | RRR      | FFF       | FFF       | FFF          | FFF
        4     | RRR           | RRR       | RRR      | RRR      | RRR       | RRR       | RRR          | RRR
        7     | ---           | ---       | ---      | RRR      | ---       | ---       | ---          | ---
        """;

    private static final List<Instant> TIMES = List.of(
            Instant.parse("2026-06-01T09:00:00Z"),
            Instant.parse("2026-06-01T11:00:00Z"),
            Instant.parse("2026-06-01T13:00:00Z"));

    private static Stream<Arguments> rows() {
        return TYPES.stream()
                .flatMap(type -> Stream.of(FREE, HELD)
                        .flatMap(table -> Arrays.stream(table.split("\n"))
                                .skip(1)
                                .map(row -> Arguments.of(type, table.equals(HELD), row))
                                .filter(row -> type.equals("own model")
                                        || !row.get()[2].toString().startsWith("7"))));
    }

    @ParameterizedTest(name = "{0}, held {1}: {2}")
    @MethodSource("rows")
    void defaultForChangeRequest(String type, boolean held, String row) throws Exception {
        String[] approvals = FREE.split("\n")[0].split("\\|");
        String[] cells = row.split("\\|");
        for (int i = 1; i < cells.length; i++) {
            String approval = approvals[i].strip().replace("blank", "");
            String state = cells[0].strip();
            Tickets ticket = ticket(type, state, approval, held);
            StringBuilder found = new StringBuilder();
            TIMES.forEach(now -> found.append(letter(decide(ticket, now))));
            assertThat(found.toString()).as("approval '%s'", approval).isEqualTo(cells[i].strip());
        }
    }

    private static Tickets ticket(String type, String state, String approval, boolean held) {
        boolean over = state.equals("3") || state.equals("4");
        return Tickets.change()
                .state(state)
                .with("type", type)
                .with("active", over ? "false" : "true")
                .with("approval", approval)
                .with("on_hold", held ? "true" : "false")
                .with("start_date", "2026-06-01 10:00:00")
                .with("end_date", "2026-06-01 12:00:00");
    }

    private static Decision decide(Tickets ticket, Instant now) {
        try {
            return Terms.of("change_request")
                    .build()
                    .judge(new Look(ticket.read(), now, false, false), Memory.NONE)
                    .decision();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static char letter(Decision decision) {
        if (decision instanceof Waiting waiting) {
            assertThat(waiting.reasons()).isNotEmpty();
            return '-';
        }
        if (decision instanceof WaitingForWindow) {
            return 'w';
        }
        if (decision instanceof Failed failed) {
            throw new AssertionError(failed.error());
        }
        return switch (((Ended) decision).outcome()) {
            case APPROVED -> 'A';
            case REJECTED -> 'R';
            case FINISHED -> 'F';
            case WINDOW_MISSED -> 'M';
            default -> '?';
        };
    }
}
