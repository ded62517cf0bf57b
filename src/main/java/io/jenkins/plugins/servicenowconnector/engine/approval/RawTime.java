package io.jenkins.plugins.servicenowconnector.engine.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * A stored date-time of ServiceNow, always UTC, or a date alone, which means its whole day.
 *
 * @param from when it begins
 * @param until when it is over as the end of a window: the same for a date-time, the next midnight for a date
 */
record RawTime(Instant from, Instant until) {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    /** Reads {@code yyyy-MM-dd HH:mm:ss} or {@code yyyy-MM-dd}; empty if the text is neither. */
    static Optional<RawTime> parse(String text) {
        String trimmed = text.strip();
        try {
            if (trimmed.indexOf(' ') < 0) {
                LocalDate day = LocalDate.parse(trimmed, DATE);
                return Optional.of(new RawTime(midnight(day), midnight(day.plusDays(1))));
            }
            Instant moment = LocalDateTime.parse(trimmed, DATE_TIME).toInstant(ZoneOffset.UTC);
            return Optional.of(new RawTime(moment, moment));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The moment as people read it. */
    static String format(Instant moment) {
        return DATE_TIME.format(moment.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
