package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
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
        if (isFromNow(plain)) {
            return STORED.format(now.plus(fromNow(parameter, plain.substring(1))));
        }
        if (ISO.matcher(plain).matches()) {
            return STORED.format(moment(parameter, plain));
        }
        return text;
    }

    /** Whether a date given like this is another moment each time. */
    static boolean isFromNow(String text) {
        return text.strip().startsWith("+");
    }

    private static Duration fromNow(String parameter, String text) throws ServiceNowException {
        try {
            return DurationText.parse(parameter, text);
        } catch (ServiceNowException e) {
            throw ServiceNowException.badInput(parameter, "is not a time from now such as '+2h' or '+1d 12h'.");
        }
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
