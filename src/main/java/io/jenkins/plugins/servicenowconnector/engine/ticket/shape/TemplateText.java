package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a form template says: {@code field=value^field=value^EQ} (servicenow-rest §14).
 *
 * @param values the fields that are applied
 * @param skipped the entries that are not, each with the reason
 */
record TemplateText(Map<String, String> values, List<String> skipped) {

    private static final Pattern ENTRY = Pattern.compile("([A-Za-z][A-Za-z0-9_.]*)=(.*)", Pattern.DOTALL);

    /** A caret that is doubled is one of the value's. */
    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\^)\\^(?!\\^)");

    TemplateText {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        skipped = List.copyOf(skipped);
    }

    static TemplateText parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        for (String part : SEPARATOR.split(text)) {
            Matcher entry = ENTRY.matcher(part);
            if (part.isBlank() || part.equals("EQ")) {
                continue;
            }
            if (!entry.matches()) {
                skipped.add("'" + part.substring(0, Math.min(40, part.length())) + "' (no field with a value)");
                continue;
            }
            String value = entry.group(2).replace("^^", "^");
            String reason = reason(entry.group(1), value);
            if (reason.isEmpty()) {
                values.put(entry.group(1), value);
            } else {
                skipped.add(entry.group(1) + " (" + reason + ")");
            }
        }
        return new TemplateText(values, skipped);
    }

    private static String reason(String field, String value) {
        if (field.contains(".")) {
            return "a field of another record";
        }
        if (value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            return "a script";
        }
        if (NeverWritten.isField(field)) {
            return "only people set it";
        }
        return field.startsWith("sys_") ? "ServiceNow sets it itself" : "";
    }
}
