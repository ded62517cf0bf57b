package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates as people write them become UTC as ServiceNow stores it. */
class DateInputTest {

    private static final Instant NOW = Instant.parse("2026-05-11T09:14:02.600Z");

    @ParameterizedTest
    @CsvSource({
        "start_date, 2026-05-11T11:00:00+02:00, 2026-05-11 09:00:00",
        "end_date, 2026-05-11T09:00Z, 2026-05-11 09:00:00",
        "work_start, +2h, 2026-05-11 11:14:02",
        "planned_end_date, +1d 30m, 2026-05-12 09:44:02",
        "due_date, ' +1w ', 2026-05-18 09:14:02",
        "u_go_live_at, +5s, 2026-05-11 09:14:07",
        "start_date, 2026-05-11 10:00:00, 2026-05-11 10:00:00",
        "start_date, 2026-05-11, 2026-05-11",
        "start_date, '', ''",
        "short_description, +2h, +2h",
        "description, 2026-05-11T11:00:00+02:00, 2026-05-11T11:00:00+02:00"
    })
    void dateBecomesUtcAndAnythingElseStays(String field, String text, String stored) throws Exception {
        assertThat(DateInput.stored("fields." + field, field, text, NOW)).isEqualTo(stored);
    }
}
