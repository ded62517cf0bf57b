package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a date as people write it, ISO 8601 with an offset or a time from now such as {@code +2h}, into the UTC text that
 * ServiceNow stores: anything else it drops or misreads (servicenow-rest §1.6).
 *
 * <p>Which fields hold dates only the dictionary knows, which may not be readable; so it goes by their names, and other texts
 * pass untouched.
 */
final class DateInput {

    private static final Set<String> DATES = Set.of("work_start", "work_end", "follow_up", "expected_start", "sla_due");
    private static final Pattern DATE_NAME = Pattern.compile("[a-z0-9_]+_(date|on|at|due)|due_date");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");
    private static final Pattern FROM_NOW = Pattern.compile("\\+( *\\d{1,6} *[wdhms])+");
    private static final Pattern PART = Pattern.compile("(\\d+) *([wdhms])");
    private static final Map<String, Duration> UNITS = Map.of(
            "w", Duration.ofDays(7),
            "d", Duration.ofDays(1),
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1));
    private static final DateTimeFormatter STORED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private DateInput() {}

    /** Refuses what looks like a date in these forms but is none. */
    static void check(String parameter, Map<String, String> fields) throws ServiceNowException {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            stored(parameter + "." + field.getKey(), field.getKey(), field.getValue(), Instant.EPOCH);
        }
    }

    /** The text to send for a checked field. */
    static String stored(String parameter, String field, String text, Instant now) throws ServiceNowException {
        String plain = text.strip();
        if (!DATES.contains(field) && !DATE_NAME.matcher(field).matches()) {
            return text;
        }
        if (FROM_NOW.matcher(plain).matches()) {
            return STORED.format(now.plus(duration(plain)));
        }
        if (ISO.matcher(plain).matches()) {
            return STORED.format(moment(parameter, plain));
        }
        if (plain.startsWith("+")) {
            throw ServiceNowException.badInput(parameter, "is not a time from now such as '+2h' or '+1d 12h'.");
        }
        return text;
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(UNITS.get(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }

    private static Instant moment(String parameter, String text) throws ServiceNowException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ServiceNowException.badInput(
                    parameter,
                    "must be UTC such as '2026-05-11 09:00:00', ISO 8601 with an offset such as"
                            + " '2026-05-11T11:00:00+02:00', or a time from now such as '+2h'.");
        }
    }
}
