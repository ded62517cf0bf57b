package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.WaitingForWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The default for a change request, every single combination: what is expected is written by hand in a table. */
class ChangeRequestTableTest {

    private static final List<String> TYPES = List.of("normal", "standard", "emergency", "own model");
    private static final List<String> STATES = List.of("-5", "-4", "-3", "-2", "-1", "0", "3", "4", "7");
    private static final List<String> APPROVALS = List.of(
            "not requested", "requested", "approved", "rejected", "cancelled", "duplicate", "not_required", "blank");

    /** Looks are made at eleven. */
    private static final Map<String, List<String>> PLANNED = Map.of(
            "before", List.of("2026-06-01 12:00:00", "2026-06-01 13:00:00"),
            "in", List.of("2026-06-01 10:00:00", "2026-06-01 12:00:00"),
            "after", List.of("2026-06-01 09:00:00", "2026-06-01 10:00:00"),
            "no dates", List.of("", ""));

    private static final Instant NOW = Instant.parse("2026-06-01T11:00:00Z");

    private static final Map<String, String> SHORT = Map.of(
            "open", "not requested, requested, cancelled, duplicate, not_required, blank",
            "asked", "requested, cancelled, duplicate, not_required, blank");

    /** One line of the table: for each column the values it stands for, empty for any, and what is expected. */
    private record Line(List<List<String>> wanted, String expected) {

        static Line of(String text) {
            String[] cells = text.split("\\|");
            List<List<String>> wanted = Arrays.stream(cells)
                    .limit(5)
                    .map(cell -> Arrays.stream(cell.split(","))
                            .map(String::strip)
                            .flatMap(word ->
                                    Arrays.stream(SHORT.getOrDefault(word, word).split(", ")))
                            .filter(word -> !word.equals("*"))
                            .toList())
                    .toList();
            return new Line(wanted, cells[5].strip());
        }

        boolean matches(Combination combination) {
            for (int i = 0; i < wanted.size(); i++) {
                if (!wanted.get(i).isEmpty()
                        && !wanted.get(i).contains(combination.values().get(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return wanted + " " + expected;
        }
    }

    private record Combination(String type, String state, String approval, String held, String planned) {

        List<String> values() {
            return List.of(type, state, approval, held, planned);
        }

        Tickets ticket() {
            boolean over = state.equals("3") || state.equals("4");
            return Tickets.change()
                    .state(state)
                    .with("type", type)
                    .with("active", over ? "false" : "true")
                    .with("approval", approval.replace("blank", ""))
                    .with("on_hold", held.equals("yes") ? "true" : "false")
                    .with("start_date", PLANNED.get(planned).get(0))
                    .with("end_date", PLANNED.get(planned).get(1));
        }
    }

    private static List<Combination> combinations() {
        List<Combination> all = new ArrayList<>();
        for (String type : TYPES) {
            for (String state : STATES) {
                for (String approval : APPROVALS) {
                    for (String held : List.of("no", "yes")) {
                        PLANNED.keySet().forEach(when -> all.add(new Combination(type, state, approval, held, when)));
                    }
                }
            }
        }
        all.removeIf(one -> one.state.equals("7") && !one.type.equals("own model"));
        return all;
    }

    private static List<Line> lines() throws IOException {
        try (InputStream table = ChangeRequestTableTest.class.getResourceAsStream("change-requests.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("type"))
                    .map(Line::of)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyCombinationOfALineIsDecidedAsItSays(Line line) throws Exception {
        Terms terms = Terms.of("change_request").build();
        List<Combination> matched =
                combinations().stream().filter(line::matches).toList();

        assertThat(matched).as("a line that matches nothing says nothing").isNotEmpty();
        for (Combination one : matched) {
            Look look = new Look(one.ticket().read(), NOW, false, false);
            assertThat(words(terms.judge(look, Memory.NONE).decision()))
                    .as("%s", one)
                    .isEqualTo(line.expected);
        }
    }

    @Test
    void everyCombinationIsMatchedByExactlyOneLine() throws Exception {
        List<Line> lines = lines();

        assertThat(combinations())
                .hasSize((3 * 8 + 9) * 8 * 2 * 4)
                .allSatisfy(one -> assertThat(lines.stream().filter(line -> line.matches(one)))
                        .as("%s", one)
                        .hasSize(1));
    }

    private static String words(Decision decision) {
        if (decision instanceof Waiting waiting) {
            return waiting.reasons().stream()
                    .map(ChangeRequestTableTest::word)
                    .collect(Collectors.joining(", ", "waits: ", ""));
        }
        if (decision instanceof WaitingForWindow) {
            return "waits for the window";
        }
        return decision instanceof Ended ended ? ended.outcome().toString() : decision.toString();
    }

    private static String word(String reason) {
        if (reason.contains("nobody is asked in this model")) {
            return "nobody asked";
        }
        if (reason.contains("still in New")) {
            return "still New";
        }
        return reason.startsWith("on hold: ") ? "held" : reason.substring(0, reason.indexOf(' '));
    }
}
