package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them here and in Harness: {@code 1w 2d 3h 4m 5s 6ms}, any of them. */
public final class DurationText {

    private static final Pattern TEXT =
            Pattern.compile("(?:(\\d{1,9})w)? *(?:(\\d{1,9})d)? *(?:(\\d{1,9})h)? *(?:(\\d{1,9})m)? *(?:(\\d{1,9})s)?"
                    + " *(?:(\\d{1,9})ms)?");

    /** The units with their lengths in milliseconds, longest first, as in the pattern. */
    private static final Map<String, Long> UNITS = units();

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param parameter the parameter's name, for the error
     * @param text such as {@code 10m} or {@code 1d 12h}
     * @return a duration above zero
     */
    public static Duration parse(String parameter, String text) throws ServiceNowException {
        Matcher matcher = TEXT.matcher(text == null ? "" : text.trim());
        long millis = 0;
        if (matcher.matches()) {
            int group = 1;
            for (long length : UNITS.values()) {
                String count = matcher.group(group++);
                millis += count == null ? 0 : Long.parseLong(count) * length;
            }
        }
        if (millis <= 0) {
            throw ServiceNowException.badInput(parameter, "is not a duration above zero such as '10m' or '1d 12h'.");
        }
        return Duration.ofMillis(millis);
    }

    /** Writes a duration in the same form, leaving out what is zero; {@code 0s} for none. */
    public static String format(Duration duration) {
        long rest = Math.max(duration.toMillis(), 0);
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (rest >= unit.getValue()) {
                parts.add(rest / unit.getValue() + unit.getKey());
                rest %= unit.getValue();
            }
        }
        return parts.isEmpty() ? "0s" : String.join(" ", parts);
    }

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("w", Duration.ofDays(7).toMillis());
        units.put("d", Duration.ofDays(1).toMillis());
        units.put("h", Duration.ofHours(1).toMillis());
        units.put("m", Duration.ofMinutes(1).toMillis());
        units.put("s", Duration.ofSeconds(1).toMillis());
        units.put("ms", 1L);
        return units;
    }
}
