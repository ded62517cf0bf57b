package io.jenkins.plugins.servicenowconnector.simulator.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** The instance's own time, which may differ from the machine's. */
public final class InstanceClock {

    private static final DateTimeFormatter STORED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter HTTP =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private volatile Duration offset = Duration.ZERO;

    /** The time the instance believes it is. */
    public Instant now() {
        return Instant.now().plus(offset);
    }

    /** How far the instance's time is ahead of the machine's; negative when it is behind. */
    public Duration offset() {
        return offset;
    }

    /** Puts the instance's time ahead of the machine's by this much, or behind when negative. */
    public void offset(Duration ahead) {
        offset = ahead;
    }

    /** The present time as the tables store it: UTC, whole seconds. */
    public String stored() {
        return stored(now());
    }

    /** A time as the tables store it. */
    public static String stored(Instant time) {
        return STORED.format(time.atOffset(ZoneOffset.UTC));
    }

    /** The present time as the {@code Date} header says it. */
    public String httpDate() {
        return HTTP.format(now().atOffset(ZoneOffset.UTC));
    }

    /** A stored time as a person in that zone reads it; text that is no time stays as it is. */
    public static String shown(String stored, ZoneId zone) {
        return parse(stored)
                .map(time -> STORED.format(time.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone)))
                .orElse(stored);
    }

    /** What a person in that zone typed, as stored; empty when it is no time. */
    public static Optional<String> typed(String text, ZoneId zone) {
        return parse(text)
                .map(time -> stored(LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                        .atZone(zone)
                        .toInstant()));
    }

    /** Reads a stored time; a date alone means its midnight. */
    public static Optional<Instant> parse(String text) {
        String whole = text.length() == 10 ? text + " 00:00:00" : text;
        try {
            return Optional.of(LocalDateTime.parse(whole, STORED).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
