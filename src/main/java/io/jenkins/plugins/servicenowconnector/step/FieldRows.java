package io.jenkins.plugins.servicenowconnector.step;

import hudson.Util;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Turns a map of fields into the rows of a form, and back: forms know no maps. */
final class FieldRows {

    private FieldRows() {}

    /** The rows for a map, one for each entry of a list; none for null. */
    static List<FieldRow> of(Map<String, Object> fields) {
        List<FieldRow> rows = new ArrayList<>();
        if (fields != null) {
            fields.forEach((name, value) ->
                    parts(value).forEach(part -> rows.add(new FieldRow(name, String.valueOf(part)))));
        }
        return rows;
    }

    /** An empty list clears the field as an empty text does. */
    private static List<?> parts(Object value) {
        List<?> parts = value instanceof List<?> list ? list : Collections.singletonList(value);
        return parts.isEmpty() ? List.of("") : parts;
    }

    /** The map that rows make: several of one name are a list. */
    static Map<String, Object> map(List<FieldRow> rows) {
        Map<String, Object> fields = new LinkedHashMap<>();
        rows.forEach(row -> fields.merge(row.getName(), row.getValue(), FieldRows::joined));
        return fields;
    }

    private static Object joined(Object known, Object next) {
        List<Object> list = new ArrayList<>(parts(known));
        list.add(next);
        return list;
    }

    /** The map that a form's rows make; rows without a name are left out. */
    static Map<String, Object> read(String parameter, JSONObject form) {
        return map(rows(parameter, form).stream()
                .map(row -> new FieldRow(row.getString("name"), row.optString("value")))
                .toList());
    }

    /** The names that a form's rows give; rows without one are left out. */
    static List<String> names(String parameter, JSONObject form) {
        return rows(parameter, form).stream()
                .map(row -> row.getString("name").trim())
                .toList();
    }

    private static List<JSONObject> rows(String parameter, JSONObject form) {
        List<JSONObject> rows = new ArrayList<>();
        Object given = form.opt(parameter);
        if (given != null) {
            for (Object row : JSONArray.fromObject(given)) {
                if (row instanceof JSONObject each && !each.optString("name").isBlank()) {
                    rows.add(each);
                }
            }
        }
        return rows;
    }

    /** A copy that can be stored; null for an empty map or none. */
    static LinkedHashMap<String, Object> plainOrNull(Map<String, Object> fields) {
        return fields == null || fields.isEmpty() ? null : plain(fields);
    }

    /** A copy to give away; null for null. */
    static Map<String, Object> copy(Map<String, Object> fields) {
        return fields == null ? null : new LinkedHashMap<>(fields);
    }

    /** The lines of texts that are not blank; null if there are none. */
    static ArrayList<String> lines(List<String> texts) {
        List<String> lines = texts == null
                ? List.of()
                : texts.stream()
                        .flatMap(text -> Util.fixNull(text).lines())
                        .map(String::trim)
                        .filter(line -> !line.isEmpty())
                        .toList();
        return lines.isEmpty() ? null : new ArrayList<>(lines);
    }

    /** A copy that can be stored: Groovy's own texts become plain ones. */
    static LinkedHashMap<String, Object> plain(Map<String, Object> fields) {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(String.valueOf(name), plain(value)));
        return copy;
    }

    private static Object plain(Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(plain(each)));
            return copy;
        }
        return value;
    }
}
